//! Text from outside, made safe to show.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// The longest text shown, in characters as a person counts them. Labels and messages of real
/// sites stay far below it; what is cut ends in an ellipsis.
const LONGEST: usize = 400;

/// What one character may take: a family emoji has 25 bytes. Marks heaped on one letter past
/// this are cut.
const BYTES_PER_CHARACTER: usize = 32;

/// Text that came from a site or a service and has been made safe to show: bounded, without
/// control characters and without the invisible characters that reorder what follows them.
///
/// It is still somebody else's words: show it as text, never as markup.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Cleans `raw`. `None` if nothing is left to show.
    #[must_use]
    pub fn new(raw: &str) -> Option<Self> {
        Self::bounded(raw, LONGEST)
    }

    /// Cleans `raw` and keeps at most `longest` characters of it.
    #[must_use]
    pub fn bounded(raw: &str, longest: usize) -> Option<Self> {
        // A grapheme may hold any number of code points, so the bytes are bounded too. The first
        // cut also keeps a text of megabytes from being walked through.
        let most_bytes = longest.saturating_mul(BYTES_PER_CHARACTER);
        let head = &raw[..raw.floor_char_boundary(most_bytes)];
        let clean: String = head
            .chars()
            .map(space_for_breaks)
            .filter(|c| is_shown(*c))
            .collect();
        let mut words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = words.grapheme_indices(true).nth(longest).map(|(at, _)| at);
        if let Some(at) = cut {
            words.truncate(at);
        }
        if words.is_empty() {
            return None;
        }
        if cut.is_some() || head.len() < raw.len() {
            words.push('…');
        }
        Some(Self(words))
    }

    /// Cleans a name that has to be shown; a dash if nothing is left of it.
    #[must_use]
    pub fn or_dash(raw: &str) -> Self {
        Self::bounded(raw, 253).unwrap_or_else(Self::nameless)
    }

    /// Stands for something that must have a name and was given none that can be shown.
    #[must_use]
    pub(crate) fn nameless() -> Self {
        Self("–".to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line break parts words, so it must not vanish with the other control characters.
fn space_for_breaks(c: char) -> char {
    if matches!(
        c,
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    ) {
        ' '
    } else {
        c
    }
}

/// Whether a character may be shown. Left out are control characters, the bidirectional
/// overrides, embeddings, isolates and marks, and the invisible ones that hide text inside text.
/// The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.
fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> Option<String> {
        Text::new(raw).map(|text| text.to_string())
    }

    #[test]
    fn control_and_bidi_characters_are_removed() {
        assert_eq!(
            shown("pay\u{202e}lap\u{2066}\u{0}\u{1b}[31m").as_deref(),
            Some("paylap[31m")
        );
        assert_eq!(shown("a\u{200b}b\u{feff}c").as_deref(), Some("abc"));
    }

    #[test]
    fn line_breaks_become_single_spaces() {
        assert_eq!(
            shown("  one\r\n\ttwo\u{2028}three ").as_deref(),
            Some("one two three")
        );
    }

    #[test]
    fn nothing_visible_is_nothing() {
        assert_eq!(shown("\u{202e} \n\u{0}"), None);
        assert_eq!(shown(""), None);
    }

    #[test]
    fn markup_stays_as_text() {
        assert_eq!(shown("<b>x</b>").as_deref(), Some("<b>x</b>"));
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let family = "👨‍👩‍👧‍👦";
        let text = Text::bounded(&family.repeat(5), 3).map(|text| text.to_string());
        assert_eq!(text, Some(format!("{}…", family.repeat(3))));
    }

    #[test]
    fn whatever_cuts_a_text_leaves_an_ellipsis_and_a_whole_one_has_none() {
        let bounded = |raw: &str, longest| Text::bounded(raw, longest).map(|text| text.to_string());
        assert_eq!(bounded("abcd", 3).as_deref(), Some("abc…"));
        assert_eq!(bounded("abc", 3).as_deref(), Some("abc"));
        let one_letter = format!("e{}", "\u{301}".repeat(BYTES_PER_CHARACTER));
        assert!(bounded(&one_letter, 1).is_some_and(|text| text.ends_with('…')));
    }

    #[test]
    fn one_character_of_many_marks_is_bounded_in_bytes() {
        let zalgo = format!("e{}", "\u{301}".repeat(100_000));
        let text = Text::new(&zalgo).expect("something is left");
        assert!(text.as_str().len() <= LONGEST * BYTES_PER_CHARACTER + '…'.len_utf8());
    }

    #[test]
    fn emoji_and_right_to_left_letters_stay() {
        assert_eq!(shown("שלום 👩‍💻").as_deref(), Some("שלום 👩‍💻"));
    }
}
