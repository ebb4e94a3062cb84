// Runs before a remote page's own scripts, in each of its frames. The engine lets any page write
// to the clipboard once somebody presses in it, and stands still when one wants to read it; a
// remote browser's view needs neither here.
(() => {
  if (window === window.top && location.protocol === "tauri:") return;
  const withheld = (of, name, value) =>
    Object.defineProperty(of, name, { ...value, configurable: false, enumerable: true });
  withheld(Navigator.prototype, "clipboard", { get: () => undefined });
  const command = Document.prototype.execCommand;
  withheld(Document.prototype, "execCommand", {
    writable: false,
    value(name, ...rest) {
      const asked = String(name);
      return /^\s*(copy|cut|paste)/i.test(asked) ? false : command.call(this, asked, ...rest);
    },
  });
})();
