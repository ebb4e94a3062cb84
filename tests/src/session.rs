//! The programs that make a desktop: its display, its bus and its keyring.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use crate::scratch::Process;

/// What a desktop has for a keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// An unlocked one.
    Unlocked,
    /// None.
    None,
}

/// A session bus with no programs to start.
const BUS_WITHOUT_SERVICES: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// The display takes a free number and says which.
pub(crate) fn start_display(log: &Path) -> (Process, String) {
    let err = fs::File::options()
        .create(true)
        .append(true)
        .open(log)
        .expect("a log file");
    let mut child = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x1024x24",
            "-nolisten",
            "tcp",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(err)
        .spawn()
        .expect("Xvfb starts");
    let number = first_line(child.stdout.take().expect("piped"));
    (Process::adopt(child), number)
}

/// A bus that starts programs as they are called; without a keyring, one that starts none, since
/// it would start the keyring of the machine.
pub(crate) fn start_bus(
    environment: &BTreeMap<String, String>,
    folder: &Path,
    keyring: Keyring,
) -> (Process, String) {
    let mut command = Command::new("dbus-daemon");
    if keyring == Keyring::None {
        let file = folder.join("bus.conf");
        fs::write(&file, BUS_WITHOUT_SERVICES).expect("written");
        command.arg(format!("--config-file={}", file.display()));
    } else {
        command.arg("--session");
    }
    let mut child = command
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .env_clear()
        .envs(environment)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon starts");
    let address = first_line(child.stdout.take().expect("piped"));
    (Process::adopt(child), address)
}

/// Unlocked with a password, as at a person's login. It prints its variables when it is there.
pub(crate) fn start_keyring(environment: &BTreeMap<String, String>, log: &Path) -> Process {
    let err = fs::File::options()
        .create(true)
        .append(true)
        .open(log)
        .expect("a log file");
    let mut child = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .env_clear()
        .envs(environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(err)
        .spawn()
        .expect("gnome-keyring-daemon starts");
    let mut password = child.stdin.take().expect("piped");
    password.write_all(b"test").expect("written");
    drop(password);
    first_line(child.stdout.take().expect("piped"));
    Process::adopt(child)
}

fn first_line(out: impl std::io::Read) -> String {
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).expect("a line");
    line.trim().to_owned()
}
