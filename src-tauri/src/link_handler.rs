//! Telling the system that this program takes `usher://` links.
//!
//! An installed Usher is known to the system by its package. One that is tried from its folder
//! has to say so itself.

use std::{fs, io, path::Path};

use tauri::{AppHandle, Manager};
use tauri_plugin_deep_link::DeepLinkExt;

/// Registers this program for the scheme. Without it links can still be pasted.
pub fn register(app: &AppHandle) {
    if let Err(error) = app.deep_link().register_all() {
        tracing::warn!(%error, "links can't be handed to this program by the system");
        return;
    }
    if cfg!(target_os = "linux")
        && let Err(error) = simplify_entry(app)
    {
        tracing::warn!(%error, "some systems may not find this program for a link");
    }
}

/// The plugin puts the program's path in quotes, as the standard allows. The `xdg-open` of Debian
/// 12, where no desktop environment helps it, takes the quotes for a part of the path.
fn simplify_entry(app: &AppHandle) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let folder = app.path().data_dir().map_err(io::Error::other)?;
    let entry = folder
        .join("applications")
        .join(format!("{name}-handler.desktop"));
    let text = fs::read_to_string(&entry)?;
    match without_quotes(&text, &program) {
        Some(simpler) => fs::write(&entry, simpler),
        None => Ok(()),
    }
}

/// The entry with the program's path bare, if the path needs no quotes.
fn without_quotes(entry: &str, program: &Path) -> Option<String> {
    let path = program.to_str()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let quoted = format!("Exec=\"{path}\"");
    (path.bytes().all(is_plain) && entry.contains(&quoted))
        .then(|| entry.replace(&quoted, &format!("Exec={path}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_needs_no_quotes_stands_bare() {
        let entry = "[Desktop Entry]\nExec=\"/opt/usher-1.0/usher\" %u\n";
        let simpler = without_quotes(entry, Path::new("/opt/usher-1.0/usher"));
        assert_eq!(
            simpler.as_deref(),
            Some("[Desktop Entry]\nExec=/opt/usher-1.0/usher %u\n")
        );
    }

    #[test]
    fn a_path_with_a_space_keeps_its_quotes() {
        let entry = "[Desktop Entry]\nExec=\"/my programs/usher\" %u\n";
        assert_eq!(without_quotes(entry, Path::new("/my programs/usher")), None);
    }
}
