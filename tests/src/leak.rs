//! Secrets that were typed or received, looked for in everything that a desktop holds.

use std::{fs, path::Path};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use memchr::memmem::find;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::desktop::Desktop;

/// The secrets of a run, each in every form that a log or a file might have it in.
#[derive(Debug, Default)]
pub struct Secrets(Vec<Secret>);

#[derive(Debug)]
struct Secret {
    name: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Secrets {
    /// Adds one.
    pub fn add(&mut self, name: &'static str, value: &str) {
        assert!(value.len() >= 8, "{name}: too short to be told from chance");
        self.0.push(Secret {
            name,
            forms: forms(value),
        });
    }

    /// The names of those that are in there.
    #[must_use]
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<&'static str> {
        let is_in = |secret: &&Secret| secret.forms.iter().any(|form| find(bytes, form).is_some());
        self.0.iter().filter(is_in).map(|it| it.name).collect()
    }

    /// What is found in the files of a desktop, but for those with these names.
    #[must_use]
    pub fn in_files(&self, desktop: &Desktop, but_for: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        self.search_folder(desktop.folder(), but_for, &mut found);
        found
    }

    /// What is found in the arguments and the environments of a desktop's processes, but for the
    /// arguments of these.
    #[must_use]
    pub fn in_processes(&self, desktop: &Desktop, but_for_arguments_of: &[u32]) -> Vec<String> {
        let mut found = Vec::new();
        let processes = desktop.process_ids();
        assert!(processes.len() > 3, "they can be seen: {processes:?}");
        for id in processes {
            // A process may end meanwhile.
            let read = |name: &str| fs::read(format!("/proc/{id}/{name}")).unwrap_or_default();
            let arguments = read("cmdline");
            let title = String::from_utf8_lossy(&arguments).replace('\0', " ");
            let mut note = |names: Vec<&str>, place: &str| {
                for name in names {
                    found.push(format!("{name} in the {place} of {title}"));
                }
            };
            if !but_for_arguments_of.contains(&id) {
                note(self.in_bytes(&arguments), "arguments");
            }
            note(self.in_bytes(&read("environ")), "environment");
        }
        found
    }

    fn search_folder(&self, folder: &Path, but_for: &[&str], found: &mut Vec<String>) {
        // A folder or a file may go away meanwhile.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut note = |names: Vec<&str>, place: &str| {
                for secret in names {
                    found.push(format!("{secret} in {place} {}", entry.path().display()));
                }
            };
            note(self.in_bytes(name.as_bytes()), "the name of");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.search_folder(&entry.path(), but_for, found),
                Ok(kind) if kind.is_file() && !but_for.contains(&name.as_str()) => {
                    note(
                        self.in_bytes(&fs::read(entry.path()).unwrap_or_default()),
                        "",
                    );
                }
                _ => {}
            }
        }
    }
}

fn forms(value: &str) -> Vec<Vec<u8>> {
    let bytes = value.as_bytes();
    let quoted = serde_json::to_string(value).expect("a text");
    let numbers = |separator: &str| {
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        numbers.join(separator).into_bytes()
    };
    let mut forms = vec![
        bytes.to_vec(),
        quoted.trim_matches('"').as_bytes().to_vec(),
        value.escape_debug().to_string().into_bytes(),
        utf8_percent_encode(value, NON_ALPHANUMERIC)
            .to_string()
            .into_bytes(),
        // As browsers write a query and a form.
        url::form_urlencoded::byte_serialize(bytes)
            .collect::<String>()
            .into_bytes(),
        value.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        numbers(", "),
        numbers(","),
    ];
    // Wherever it begins within three bytes, the middle of its base64 is one of three.
    for before in 0..3 {
        let shifted: Vec<u8> = std::iter::repeat_n(0, before)
            .chain(bytes.iter().copied())
            .collect();
        let whole = shifted.len() / 3 * 3;
        let from = if before == 0 { 0 } else { 4 };
        for encoded in [
            STANDARD_NO_PAD.encode(&shifted[..whole]),
            URL_SAFE_NO_PAD.encode(&shifted[..whole]),
        ] {
            forms.push(encoded.as_bytes()[from..].to_vec());
        }
    }
    forms
}

/// The files below a folder that hold these bytes.
#[must_use]
pub fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let holds = |file: &Path| fs::read(file).is_ok_and(|text| find(&text, bytes).is_some());
    files(folder, &holds)
}

/// The files below a folder whose names hold this.
#[must_use]
pub fn files_named(folder: &Path, part: &str) -> Vec<String> {
    let is_it = |file: &Path| {
        file.file_name()
            .is_some_and(|name| name.to_string_lossy().contains(part))
    };
    files(folder, &is_it)
}

/// The files below a folder that lie in folders of this name.
#[must_use]
pub fn files_in(folder: &Path, name: &str) -> Vec<String> {
    let is_it = |file: &Path| file.iter().any(|part| part == name);
    files(folder, &is_it)
}

fn files(folder: &Path, is_it: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    // A folder or a file may go away meanwhile.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&path, is_it)),
            Ok(kind) if kind.is_file() && is_it(&path) => found.push(path.display().to_string()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let secret = "pä$$ \"wört\" 1";
        let mut secrets = Secrets::default();
        secrets.add("it", secret);
        for text in [
            format!("a{secret}b"),
            serde_json::json!({ "password": secret }).to_string(),
            format!("{:?}", secret.as_bytes()),
            format!("{secret:?}"),
            format!("q={}", utf8_percent_encode(secret, NON_ALPHANUMERIC)),
            STANDARD_NO_PAD.encode(secret),
            STANDARD_NO_PAD.encode(format!("a{secret}")),
            URL_SAFE_NO_PAD.encode(format!("ab{secret}c")),
        ] {
            assert_eq!(secrets.in_bytes(text.as_bytes()), ["it"], "{text}");
        }
        assert!(secrets.in_bytes(b"nothing of it here").is_empty());
    }
}
