//! Inserted text in a sentence that runs the other way.
//!
//! A Hebrew name in an English sentence (or the reverse) would drag the punctuation around it along. Unicode's remedy
//! is an isolate (UAX #9 §2.7; <https://www.w3.org/International/questions/qa-bidi-unicode-controls>). The marks go in
//! only where they can matter, so that plain text stays plain in logs, tests and screen readers.

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Writes what came from outside: without direction controls of its own, on one line, isolated if need be.
pub(crate) fn insert(out: &mut String, text: &str, right_to_left: bool) {
    let isolated = text.chars().any(|c| runs_against(c, right_to_left));
    if isolated {
        out.push(FIRST_STRONG_ISOLATE);
    }
    out.extend(text.chars().filter(|c| !is_control(*c)).map(|c| if is_break(c) { ' ' } else { c }));
    if isolated {
        out.push(POP_ISOLATE);
    }
}

/// The characters that set direction: marks, embeddings, overrides, isolates.
pub(crate) const fn is_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}') || is_paired_control(c)
}

/// Those that must be closed again, so that one of them spoils all that follows.
pub(crate) const fn is_paired_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Ends a line or paragraph (and with it an isolate), or is no text at all.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Digits run left to right everywhere: "3 - 4" in an Arabic sentence would turn around.
fn runs_against(c: char, right_to_left: bool) -> bool {
    if right_to_left { !is_right_to_left(c) && c.is_alphanumeric() } else { is_right_to_left(c) }
}

/// By block, which is right for all letters: Hebrew to Arabic Extended-A (with Syriac, Thaana, `NKo`, Samaritan and
/// Mandaic between them), the presentation forms, and the two ranges that Unicode reserves for such scripts.
const fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(text: &str, right_to_left: bool) -> String {
        let mut out = String::new();
        insert(&mut out, text, right_to_left);
        out
    }

    #[test]
    fn marks_only_where_they_matter() {
        for (text, right_to_left) in [
            ("Jackie", false),
            ("Žofia", false),
            ("明美", false),
            ("12", false),
            ("יעל", true),
            ("علي", true),
            ("!", true),
        ] {
            assert_eq!(inserted(text, right_to_left), text);
        }
        for (text, right_to_left) in [
            ("יעל", false),
            ("علي", false),
            ("ދިވެހި", false),
            ("Jackie", true),
            ("明美", true),
            ("3 - 4", true),
            ("Yael יעל", false),
        ] {
            assert_eq!(inserted(text, right_to_left), format!("\u{2068}{text}\u{2069}"));
        }
        assert_eq!(inserted("Yael יעל", true), "\u{2068}Yael יעל\u{2069}");
    }

    #[test]
    fn controls_of_its_own_are_gone() {
        assert_eq!(inserted("\u{202e}Jac\u{2069}kie\u{200f}", false), "Jackie");
        assert_eq!(inserted("\u{2069}יעל\u{2068}", false), "\u{2068}יעל\u{2069}");
        assert_eq!(inserted("a\nb\u{2029}c", false), "a b c");
    }
}
