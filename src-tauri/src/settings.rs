//! What a person has chosen for good: `settings.toml` in the app's configuration folder. No
//! secret is ever in it.

use std::{fs, io, path::PathBuf};

use serde::{Deserialize, Serialize};

/// What a person has chosen for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The environment that was worked in last.
    pub environment: Option<String>,
    /// Whether closing the console goes on watching; `None` until it was asked.
    pub keep_watching: Option<bool>,
    /// Whether it was said that Usher goes on behind a closed window.
    pub said_it_goes_on: bool,
    /// Whether the system shows a note when a flow begins to wait.
    pub notifications: bool,
}

/// Where the choices are kept.
#[derive(Debug)]
pub struct SettingsFile {
    file: PathBuf,
    /// The choices as they are now.
    pub choices: Choices,
    /// Whether they could not be written down.
    pub not_kept: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            environment: None,
            keep_watching: None,
            said_it_goes_on: false,
            notifications: true,
        }
    }
}

impl SettingsFile {
    /// Reads the choices. A file that isn't there, or that nobody can read, holds none: they are
    /// conveniences, and asking again is better than not starting.
    #[must_use]
    pub fn open(file: PathBuf) -> Self {
        let choices = fs::read_to_string(&file)
            .ok()
            .and_then(|text| toml::from_str(&text).ok())
            .unwrap_or_default();
        Self {
            file,
            choices,
            not_kept: false,
        }
    }

    /// Changes the choices, and writes them down.
    pub fn change(&mut self, change: impl FnOnce(&mut Choices)) {
        change(&mut self.choices);
        let written = self.write();
        if let Err(error) = &written {
            tracing::warn!(%error, "the settings can't be written down");
        }
        self.not_kept = written.is_err();
    }

    /// Beside the file first, so that a full disk leaves the old one whole.
    fn write(&self) -> io::Result<()> {
        let text = toml::to_string(&self.choices).map_err(io::Error::other)?;
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = self.file.with_extension("toml.new");
        fs::write(&beside, text)?;
        fs::rename(&beside, &self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("usher/settings.toml");
        let mut settings = SettingsFile::open(file.clone());
        assert_eq!(settings.choices, Choices::default());
        settings.change(|choices| choices.keep_watching = Some(true));
        assert!(!settings.not_kept);
        let again = SettingsFile::open(file);
        assert_eq!(again.choices.keep_watching, Some(true));
        assert!(again.choices.notifications);
    }

    #[test]
    fn a_folder_that_can_not_be_written_is_said_and_the_choice_holds_for_now() {
        let folder = tempfile::tempdir().expect("a folder");
        let in_the_way = folder.path().join("usher");
        fs::write(&in_the_way, "a file").expect("written");
        let mut settings = SettingsFile::open(in_the_way.join("settings.toml"));
        settings.change(|choices| choices.notifications = false);
        assert!(settings.not_kept);
        assert!(!settings.choices.notifications);
    }

    #[test]
    fn a_broken_file_holds_no_choices() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.toml");
        fs::write(&file, "keep_watching = 7").expect("written");
        assert_eq!(SettingsFile::open(file).choices, Choices::default());
    }
}
