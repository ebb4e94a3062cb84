//! A desktop of the test's own: a display, a D-Bus session, a keyring, a home folder, and the
//! system's handlers for links and web pages.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

pub use crate::session::Keyring;
use crate::{
    programs,
    scratch::Process,
    session::{start_bus, start_display, start_keyring},
};

/// The longest that handing a link over to the running app may take.
const HAND_OVER: Duration = Duration::from_secs(20);

/// A desktop. Everything on it ends with it.
#[derive(Debug)]
pub struct Desktop {
    // Dropped in this order: programs before the folder they write to.
    keyring: Option<Process>,
    _bus: Process,
    _display: Process,
    environment: BTreeMap<String, String>,
    folder: TempDir,
}

impl Desktop {
    /// A desktop with an unlocked keyring.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Keyring::Unlocked)
    }

    /// A desktop.
    #[must_use]
    pub fn with(keyring: Keyring) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("usher-")
            .tempdir()
            .expect("a folder");
        let mut environment = environment(folder.path());
        let log = folder.path().join("desktop.log");
        let (display, number) = start_display(&log);
        environment.insert("DISPLAY".into(), format!(":{number}"));
        let (bus, address) = start_bus(&environment, folder.path(), keyring);
        environment.insert("DBUS_SESSION_BUS_ADDRESS".into(), address);
        let keyring = (keyring == Keyring::Unlocked).then(|| start_keyring(&environment, &log));
        let desktop = Self {
            keyring,
            _bus: bus,
            _display: display,
            environment,
            folder,
        };
        desktop.install_handlers();
        desktop
    }

    /// A command that runs on this desktop and knows nothing of the one outside.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(&self.environment);
        command
    }

    /// Sets a variable for what is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.insert(name.to_owned(), value.to_owned());
    }

    /// Starts a keyring, as a person's login does, on a desktop that had none.
    pub fn unlock_keyring(&mut self) {
        let log = self.folder().join("desktop.log");
        self.keyring = Some(start_keyring(&self.environment, &log));
    }

    /// Ends its keyring in the middle, as a crash of it does.
    pub fn end_keyring(&mut self) {
        self.keyring = None;
    }

    /// Where its bus is.
    #[must_use]
    pub fn bus_address(&self) -> &str {
        &self.environment["DBUS_SESSION_BUS_ADDRESS"]
    }

    /// The folder that everything on it writes to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What starts the app with its output in the log: the driver keeps that to itself.
    #[must_use]
    pub fn launcher(&self) -> PathBuf {
        self.folder().join("launch-usher")
    }

    /// Has the app started from now on by a shell that does something `first`, such as setting a
    /// variable, and `by` a program that takes another as its arguments.
    pub fn launch_by(&self, first: &str, by: &str) {
        let start = format!(
            "{first}\nexec {by} '{}' \"$@\" >> '{}' 2>&1",
            programs::usher().display(),
            self.app_log().display()
        );
        write_program(&self.launcher(), &start);
    }

    /// Where the app's and the driver's output goes.
    #[must_use]
    pub fn app_log(&self) -> PathBuf {
        self.folder().join("app.log")
    }

    /// What the app has logged.
    #[must_use]
    pub fn app_log_text(&self) -> String {
        fs::read_to_string(self.app_log()).unwrap_or_default()
    }

    /// Writes the app's `environments.toml`, so that `sandbox` is at this address.
    pub fn set_up_environment(&self, address: &str) {
        self.set_up_environment_with(address, address);
    }

    /// The same, with pages expected at this origin.
    pub fn set_up_environment_with(&self, address: &str, origin: &str) {
        let file = self.folder().join("config/usher/environments.toml");
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        let text = format!(
            "[[environment]]\nname = \"sandbox\"\napi = \"{address}\"\nhosted_origins = [\"{origin}\"]\nlive_view_origins = [\"{origin}\"]\n"
        );
        fs::write(file, text).expect("written");
    }

    /// Writes the environments' file as somebody has written it.
    pub fn write_environments(&self, text: &str) {
        let file = self.folder().join("config/usher/environments.toml");
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(file, text).expect("written");
    }

    /// Writes what the person has chosen for good: to work in this environment.
    pub fn choose_environment(&self, name: &str) {
        let file = self.folder().join("config/usher/settings.toml");
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(file, format!("environment = \"{name}\"\n")).expect("written");
    }

    /// Opens a link as a browser or a mail program would: through the system.
    ///
    /// Only while the app runs: a first launch goes on for as long as the app does.
    pub async fn open_link(&self, link: &str) {
        let mut command = tokio::process::Command::from(self.command("xdg-open"));
        let status = command
            .arg(link)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .status();
        let status = tokio::time::timeout(HAND_OVER, status).await;
        assert!(
            status
                .expect("the link is handed over")
                .expect("xdg-open runs")
                .success(),
            "the system has a handler for the link"
        );
    }

    /// The web pages that were opened in the system's browser.
    #[must_use]
    pub fn pages_opened(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder().join("pages-opened")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// A picture of the whole display.
    pub fn picture(&self, file: &Path) {
        let status = self
            .command("import")
            .args(["-window", "root"])
            .arg(file)
            .status();
        assert!(status.expect("ImageMagick is there").success());
    }

    /// The text in the clipboard; empty without one.
    #[must_use]
    pub fn clipboard(&self) -> String {
        self.clipboard_as("UTF8_STRING")
    }

    /// What the clipboard holds of this kind; empty without it.
    #[must_use]
    pub fn clipboard_as(&self, kind: &str) -> String {
        let output = self
            .command("xclip")
            .args(["-selection", "clipboard", "-out", "-target", kind])
            .output();
        let output = output.expect("xclip runs");
        if output.status.success() {
            String::from_utf8_lossy(&output.stdout).into_owned()
        } else {
            String::new()
        }
    }

    /// Copies a text, as another program does. It is there for as long as what is returned.
    #[must_use]
    pub fn copy(&self, text: &str) -> Process {
        let file = self.folder().join("copied");
        fs::write(&file, text).expect("written");
        let mut command = self.command("xclip");
        command
            .args(["-quiet", "-selection", "clipboard", "-in"])
            .arg(&file);
        let owner = Process::start(&mut command, &self.folder().join("desktop.log"));
        while self.clipboard() != text {
            std::thread::yield_now();
        }
        owner
    }

    /// Presses a key of the keyboard itself, with the pointer in the middle of the display: where a
    /// page can be driven only within itself, this comes from outside.
    pub fn press_key(&self, key: &str) {
        self.run("xdotool", &["mousemove", "640", "512", "key", key]);
    }

    /// Presses keys one after the other, in whatever has the keyboard.
    pub fn type_keys(&self, keys: &[&str]) {
        let mut arguments = vec!["key", "--delay", "20"];
        arguments.extend(keys);
        self.run("xdotool", &arguments);
    }

    /// Gives the keyboard to the shown window of this size, as a press in it does where there is a
    /// window manager.
    pub fn focus_window(&self, size: &str) {
        let id = self.shown_window(size).expect("the window is shown");
        self.run("xdotool", &["windowfocus", "--sync", &id]);
    }

    /// Asks the shown window of this size to close, as a window manager does for its cross.
    pub fn close_window(&self, size: &str) {
        let id = self.shown_window(size).expect("the window is shown");
        let id = id.parse().expect("a number");
        ask_to_close(&self.environment["DISPLAY"], id).expect("the window is asked");
    }

    /// Whether a window of this size is shown.
    #[must_use]
    pub fn shows_window(&self, size: &str) -> bool {
        self.shown_window(size).is_some()
    }

    fn shown_window(&self, size: &str) -> Option<String> {
        let found = self
            .command("xdotool")
            .args(["search", "--onlyvisible", "--name", "."])
            .output()
            .expect("xdotool runs");
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let (width, height) = size.split_once('x')?;
        let is_it = |id: &&str| {
            let shape = self
                .command("xdotool")
                .args(["getwindowgeometry", "--shell", id])
                .output()
                .expect("xdotool runs");
            let shape = String::from_utf8_lossy(&shape.stdout).into_owned();
            shape.contains(&format!("WIDTH={width}\n"))
                && shape.contains(&format!("HEIGHT={height}\n"))
        };
        found.lines().find(is_it).map(str::to_owned)
    }

    /// Starts Usher once more while it runs, as a press on its icon does.
    pub async fn start_again(&self) {
        let mut command = tokio::process::Command::from(self.command(programs::usher()));
        let status = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .status();
        let status = tokio::time::timeout(HAND_OVER, status).await;
        assert!(status.expect("it hands over").expect("it starts").success());
    }

    /// The windows on the display with their titles, as text.
    #[must_use]
    pub fn windows(&self) -> String {
        let output = self.command("xwininfo").args(["-root", "-tree"]).output();
        String::from_utf8_lossy(&output.expect("xwininfo runs").stdout).into_owned()
    }

    /// The processes that were started on it.
    #[must_use]
    pub fn process_ids(&self) -> Vec<u32> {
        let marker = format!("HOME={}", self.folder().join("home").display());
        let is_ours = |id: &u32| {
            let environment = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            String::from_utf8_lossy(&environment).contains(&marker)
        };
        let entries = fs::read_dir("/proc").expect("/proc");
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(is_ours)
            .collect()
    }

    /// The names that programs have taken on the bus, as text.
    #[must_use]
    pub fn names_on_the_bus(&self) -> String {
        let output = self
            .command("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus"])
            .args(["/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames"])
            .output();
        String::from_utf8_lossy(&output.expect("dbus-send runs").stdout).into_owned()
    }

    /// What the keyring holds for the app, as another program sees it.
    #[must_use]
    pub fn keyring_entries(&self) -> String {
        let output = self
            .command("secret-tool")
            .args(["search", "--all", "--unlock", "service", "usher"])
            .output();
        let output = output.expect("secret-tool runs");
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    }

    /// Usher as its package would install it, and a browser that writes down what it is given.
    fn install_handlers(&self) {
        let applications = self.folder().join("data/applications");
        fs::create_dir_all(&applications).expect("a folder");
        let browser = self.folder().join("browser");
        let pages = self.folder().join("pages-opened");
        write_program(
            &browser,
            &format!("printf '%s\\n' \"$1\" >> '{}'", pages.display()),
        );
        self.launch_by("", "");
        let entry = |name: &str, program: &Path, schemes: &str| {
            format!(
                "[Desktop Entry]\nType=Application\nName={name}\nExec={} %u\nTerminal=false\nMimeType={schemes}\n",
                program.display()
            )
        };
        let usher = entry("Usher", &programs::usher(), "x-scheme-handler/usher;");
        fs::write(applications.join("usher.desktop"), usher).expect("written");
        let browser = entry(
            "Browser",
            &browser,
            "x-scheme-handler/http;x-scheme-handler/https;",
        );
        fs::write(applications.join("browser.desktop"), browser).expect("written");
        self.run(
            "update-desktop-database",
            &[applications.to_str().expect("a path")],
        );
        self.run(
            "xdg-mime",
            &["default", "usher.desktop", "x-scheme-handler/usher"],
        );
        self.run(
            "xdg-mime",
            &[
                "default",
                "browser.desktop",
                "x-scheme-handler/http",
                "x-scheme-handler/https",
            ],
        );
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = self
            .command(program)
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(
            output.status.success(),
            "{program}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

impl Default for Desktop {
    fn default() -> Self {
        Self::new()
    }
}

/// Sends what a window manager sends when the cross of a window is pressed.
fn ask_to_close(display: &str, window: u32) -> Result<(), Box<dyn std::error::Error>> {
    let (connection, _) = x11rb::connect(Some(display))?;
    let atom = |name: &[u8]| -> Result<u32, Box<dyn std::error::Error>> {
        Ok(connection.intern_atom(false, name)?.reply()?.atom)
    };
    let (protocols, delete) = (atom(b"WM_PROTOCOLS")?, atom(b"WM_DELETE_WINDOW")?);
    let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    connection
        .send_event(false, window, EventMask::NO_EVENT, event)?
        .check()?;
    Ok(())
}

fn write_program(file: &Path, text: &str) {
    fs::write(file, format!("#!/bin/sh\n{text}\n")).expect("written");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("set");
}

fn environment(folder: &Path) -> BTreeMap<String, String> {
    let mut environment = BTreeMap::new();
    for (variable, name) in [
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_RUNTIME_DIR", "runtime"),
        ("TMPDIR", "tmp"),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(&path).expect("a folder");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("set");
        environment.insert(variable.into(), path.display().to_string());
    }
    environment.insert("PATH".into(), std::env::var("PATH").unwrap_or_default());
    environment.insert("LANG".into(), "C.UTF-8".into());
    environment.insert("GDK_BACKEND".into(), "x11".into());
    // Everything that the app logs is searched for secrets.
    environment.insert("USHER_LOG".into(), "trace".into());
    environment
}
