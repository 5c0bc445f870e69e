//! What stands where a name should be.

/// What forms, tests and programming languages leave there, compared without regard to case.
const PLACEHOLDERS: &str = "null undefined none test tester testing user username guest anonymous anon unknown admin \
     administrator root customer client visitor member name firstname lastname fullname noname \
     string example sample dummy placeholder default foobar asdf asdfgh qwerty qwertz xxx kcfnull \
     nsnull gast invitado usuario ospite utente ゲスト 游客 用户 게스트";

/// The same, but real names once they have a capital: Nan, Nil, Foo. ("Na" is a name in any case.)
const LOWER_CASE_PLACEHOLDERS: &[&str] = &["nan", "NaN", "nil", "NIL", "foo", "FOO", "bar"];

/// Words that make a placeholder of the placeholder beside them: "first name", "new user", "not set".
const BESIDE_PLACEHOLDERS: &[&str] = &["first", "last", "full", "your", "my", "no", "new", "the"];
const PHRASES: &[&str] = &["not set", "not available", "not provided", "first last"];

/// Nothing but placeholders (then perhaps a number: "user 1"), or a name that something undefined was appended to.
pub(crate) fn is_placeholder(name: &str) -> bool {
    if name.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("optional(")) {
        return true;
    }
    let core = name
        .trim_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let one_of = |list: &[&str], word: &str| list.iter().any(|entry| entry.eq_ignore_ascii_case(word));
    let mut words = core.split([' ', '-']).filter(|word| !word.is_empty());
    let placeholder = |word: &str| {
        PLACEHOLDERS.split(' ').any(|entry| entry.eq_ignore_ascii_case(word))
            || LOWER_CASE_PLACEHOLDERS.contains(&word)
    };
    one_of(PHRASES, core)
        || words.clone().any(|word| matches!(word, "null" | "undefined"))
        || (words.clone().any(placeholder)
            && words.all(|word| placeholder(word) || one_of(BESIDE_PLACEHOLDERS, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        for name in [
            "null",
            "Test User 2",
            "(none)",
            "first name",
            "Jackie undefined",
            "Optional(x)",
            "not set",
            "ゲスト",
        ] {
            assert!(is_placeholder(name), "{name}");
        }
        for name in [
            "",
            "Testa",
            "Nil",
            "nils",
            "Jackie Guest",
            "Guest Smith",
            "No",
            "First",
            "Christopher Null",
            "Optional",
        ] {
            assert!(!is_placeholder(name), "{name}");
        }
    }
}
