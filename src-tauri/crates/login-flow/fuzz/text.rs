//! The property of cleaned text that a fuzz target and a test share.

use login_flow::Text;

/// Panics unless text is cleaned to a bounded line without invisible tricks, once and for all.
///
/// The first byte sets the bound; the rest is the text.
pub(crate) fn clean_and_bounded(data: &[u8]) {
    let Some((&longest, raw)) = data.split_first() else {
        return;
    };
    let raw = String::from_utf8_lossy(raw);
    let longest = usize::from(longest);
    let shown = Text::bounded(&raw, longest);
    if let Some(shown) = &shown {
        let shown = shown.as_str();
        check(shown, longest);
        let again = Text::bounded(shown, longest + 1);
        assert_eq!(again.as_ref().map(Text::as_str), Some(shown));
    } else {
        let is_visible = |c: char| c.is_alphanumeric() && c.is_ascii();
        assert!(longest == 0 || !raw.chars().take(longest).any(is_visible));
    }
    if let Some(shown) = Text::new(&raw) {
        check(shown.as_str(), 400);
    }
    check(Text::or_dash(&raw).as_str(), 253);
}

fn check(shown: &str, longest: usize) {
    assert!(!shown.is_empty());
    // 32 bytes for each character as a person counts them, and an ellipsis.
    assert!(shown.len() <= longest * 32 + 3, "{} bytes", shown.len());
    assert_eq!(shown.trim(), shown);
    assert!(!shown.contains("  "), "{shown:?}");
    for c in shown.chars() {
        assert!(!c.is_control() && !is_trick(c), "{shown:?}");
        assert!(!c.is_whitespace() || c == ' ', "{shown:?}");
    }
}

/// Unicode's `Bidi_Control` characters, and those that hide text or break lines.
fn is_trick(c: char) -> bool {
    matches!(
        u32::from(c),
        0x61C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069
            | 0xAD | 0x180E | 0x200B | 0x2028 | 0x2029 | 0x2060..=0x2065 | 0x206A..=0x206F
            | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F
    )
}
