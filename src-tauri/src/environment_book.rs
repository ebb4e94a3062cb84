//! The environments as they are now: what the file says, and the sandbox if it runs.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use crate::environment::{Environments, Mistake};

/// The name of the environment of the sandbox in this program.
pub const SANDBOX: &str = "sandbox";

/// The environments, or why they can't be had. Both windows follow it, so that a mistake can be
/// mended without a restart.
#[derive(Debug)]
pub struct EnvironmentBook {
    file: PathBuf,
    sandbox: Mutex<Option<String>>,
    publish: watch::Sender<Arc<Known>>,
}

/// The environments, or why they can't be had.
pub type Known = Result<Environments, Mistake>;

impl EnvironmentBook {
    /// Reads the file, if there is one.
    #[must_use]
    pub fn open(file: PathBuf) -> Self {
        let known = Environments::load(&file);
        Self {
            file,
            sandbox: Mutex::default(),
            publish: watch::Sender::new(Arc::new(known)),
        }
    }

    /// The environments as they are now and as they change.
    #[must_use]
    pub fn follow(&self) -> watch::Receiver<Arc<Known>> {
        self.publish.subscribe()
    }

    /// The file, which need not exist.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The sandbox runs at this address.
    pub fn add_sandbox(&self, address: String) {
        *self.sandbox.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
        self.read_again();
    }

    /// Whether the sandbox runs in this program.
    #[must_use]
    pub fn has_sandbox(&self) -> bool {
        self.sandbox
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Reads the file again.
    pub fn read_again(&self) {
        let sandbox = self
            .sandbox
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let known = Environments::load(&self.file).and_then(|mut environments| {
            if let Some(address) = sandbox {
                environments.add_sandbox(SANDBOX, &address)?;
            }
            Ok(environments)
        });
        if let Err(mistake) = &known {
            tracing::error!("{mistake}");
        }
        self.publish.send_replace(Arc::new(known));
    }
}
