//! A child process that ends with its owner, and whose output is kept.

use std::{
    fs::File,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A process of the test's own. Dropping it ends it.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts it, with its output appended to a file.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let out = File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("a log file");
        let err = out.try_clone().expect("a log file");
        let child = command
            .stdout(out)
            .stderr(err)
            .stdin(Stdio::null())
            // So that what it starts ends with it.
            .process_group(0)
            .spawn();
        Self(child.unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }

    /// Takes a process that was started elsewhere.
    #[must_use]
    pub fn adopt(child: Child) -> Self {
        Self(child)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and a group may be gone.
        let group = format!("-{}", self.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
#[must_use]
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}
