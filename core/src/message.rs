//! The words. One built-in English message, with a name and without.

/// The longest name that is spoken, in characters; longer ones read like an address line.
const LONGEST_NAME: usize = 40;

const NAMED: &str = ", something's wrong. Sorry about that, we are taking a look.";
const NAMELESS: &str = "Something's wrong. Sorry about that, we are taking a look.";

/// The apology for a person of this name.
pub(crate) fn apology(name: Option<&str>) -> String {
    name.map_or_else(|| NAMELESS.to_owned(), |name| format!("{name}{NAMED}"))
}

/// A name fit to be spoken: one line, trimmed, with a letter in it, not an address. `None`: speak without.
pub(crate) fn spoken_name(raw: &str) -> Option<String> {
    let visible = raw.chars().map(|c| if c.is_control() || is_format(c) { ' ' } else { c });
    let name = visible.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let speakable = name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '<', '>', '{', '}'])
        && name.chars().count() <= LONGEST_NAME;
    speakable.then_some(name)
}

/// Characters that reorder or hide text: they could make a name rewrite the sentence around it.
const fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence() {
        assert_eq!(
            apology(spoken_name(" Jackie ").as_deref()),
            "Jackie, something's wrong. Sorry about that, we are taking a look."
        );
        assert_eq!(apology(None), "Something's wrong. Sorry about that, we are taking a look.");
    }

    #[test]
    fn what_is_no_name_is_not_spoken() {
        for raw in ["", "  ", "\u{202e}", "jackie@example.com", "😀", "12", "<b>", &"x".repeat(41)] {
            assert_eq!(spoken_name(raw), None, "{raw:?}");
        }
        assert_eq!(spoken_name("Ana\nMaría").as_deref(), Some("Ana María"));
        assert_eq!(spoken_name("\u{202e}Žofia").as_deref(), Some("Žofia"));
        assert_eq!(spoken_name("明美").as_deref(), Some("明美"));
    }
}
