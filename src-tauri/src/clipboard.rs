//! Links in the clipboard: each is a secret that works once, so it does not stay there.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use arboard::Clipboard;
use secrecy::{ExposeSecret, SecretString};

/// How long a link stays in the clipboard.
pub const STAY: Duration = Duration::from_mins(1);

/// The system's clipboard, above all for secrets.
#[derive(Clone)]
pub struct SecretClipboard {
    shared: Arc<Shared>,
    stay: Duration,
}

struct Shared {
    /// What was put there last and not taken out yet. The clipboard is kept as well: on X11 its
    /// owner hands out what is in it.
    held: Mutex<Option<Held>>,
    /// The clipboard for what is no secret: it stays there.
    plain: Mutex<Option<Clipboard>>,
    /// Counts what was put there, so that only the latest is taken out.
    copies: AtomicU64,
}

struct Held {
    clipboard: Clipboard,
    secret: SecretString,
}

impl SecretClipboard {
    /// A clipboard in which a secret stays this long.
    #[must_use]
    pub fn new(stay: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                held: Mutex::new(None),
                plain: Mutex::new(None),
                copies: AtomicU64::new(0),
            }),
            stay,
        }
    }

    /// How long a secret stays.
    #[must_use]
    pub fn stay(&self) -> Duration {
        self.stay
    }

    /// Puts a secret there, and takes it out again later if it is still there. False: this system
    /// has no clipboard that can be used.
    pub async fn copy(&self, secret: SecretString) -> bool {
        let shared = self.shared.clone();
        let copied = tokio::task::spawn_blocking(move || shared.put(secret)).await;
        let Ok(Some(copy)) = copied else {
            return false;
        };
        let (shared, stay) = (self.shared.clone(), self.stay);
        tokio::spawn(async move {
            tokio::time::sleep(stay).await;
            if shared.copies.load(Ordering::SeqCst) == copy {
                // A clipboard that fails now has lost its content already.
                let _ = tokio::task::spawn_blocking(move || shared.take_out()).await;
            }
        });
        true
    }

    /// Puts a text there that is no secret, and leaves it. False: this system has no clipboard
    /// that can be used.
    pub async fn copy_plain(&self, text: String) -> bool {
        let shared = self.shared.clone();
        let copied = tokio::task::spawn_blocking(move || shared.put_plain(text)).await;
        copied.unwrap_or(false)
    }

    /// Takes out what is still ours. To be called when the program ends.
    pub fn leave(&self) {
        self.shared.take_out();
    }
}

impl Shared {
    fn put(&self, secret: SecretString) -> Option<u64> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut clipboard = match held.take() {
            Some(held) => held.clipboard,
            None => Clipboard::new().ok()?,
        };
        if let Err(error) = write(&mut clipboard, secret.expose_secret()) {
            tracing::warn!(%error, "the clipboard did not take it");
            return None;
        }
        *held = Some(Held { clipboard, secret });
        Some(self.copies.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn put_plain(&self, text: String) -> bool {
        let mut plain = self.plain.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut clipboard) = plain.take().or_else(|| Clipboard::new().ok()) else {
            return false;
        };
        let copied = clipboard.set_text(text);
        *plain = Some(clipboard);
        copied.is_ok()
    }

    /// What somebody else has put there meanwhile is left alone.
    fn take_out(&self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Held {
            mut clipboard,
            secret,
        }) = held.take()
        else {
            return;
        };
        let is_ours = clipboard
            .get_text()
            .is_ok_and(|text| text == secret.expose_secret());
        if is_ours && let Err(error) = clipboard.clear() {
            tracing::warn!(%error, "the clipboard could not be emptied");
        }
    }
}

/// Marked so that programs which remember what was copied leave it out.
#[cfg(target_os = "linux")]
fn write(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtLinux;
    clipboard.set().exclude_from_history().text(text)
}

/// Marked so that the system's history and its cloud leave it out.
#[cfg(windows)]
fn write(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtWindows;
    clipboard
        .set()
        .exclude_from_monitoring()
        .exclude_from_cloud()
        .exclude_from_history()
        .text(text)
}

/// Marked so that programs which remember what was copied leave it out.
#[cfg(target_os = "macos")]
fn write(clipboard: &mut Clipboard, text: &str) -> Result<(), arboard::Error> {
    use arboard::SetExtApple;
    clipboard.set().exclude_from_history().text(text)
}
