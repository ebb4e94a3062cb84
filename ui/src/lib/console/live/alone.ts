/**
 * Puts everything besides an element out of reach, until the returned function is called: for what
 * fills the window without moving in the document, as a frame that is moved is loaded again. What
 * is said to screen readers goes on being said.
 */
export function aloneInWindow(element: HTMLElement): () => void {
  const hidden: Element[] = [];
  let inside: Element = element;
  for (let around = inside.parentElement; around; around = inside.parentElement) {
    for (const other of around.children) {
      if (other === inside || other.hasAttribute("inert") || other.hasAttribute("aria-live"))
        continue;
      other.setAttribute("inert", "");
      hidden.push(other);
    }
    if (around === document.body) break;
    inside = around;
  }
  return () => {
    for (const other of hidden) other.removeAttribute("inert");
  };
}
