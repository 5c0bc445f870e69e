//! Whether a name is fit to be spoken. A host hands in what its database holds; a wrong name in an apology is worse
//! than none, so every doubt means to speak without.

use super::placeholder::is_placeholder;

/// The longest name, in characters; longer ones read like an address line. Never cut: half a name is no name.
const LONGEST: usize = 40;
const LONGEST_BYTES: usize = 120;
/// More than this, of which most would be spaces, is not looked at.
const LONGEST_RAW: usize = 1024;
/// More words are a sentence (or a name too long to be said in passing).
const MOST_WORDS: usize = 5;
/// Vietnamese stacks two marks on a letter, pointed Hebrew three; more is scribbling.
const MOST_MARKS: usize = 3;
/// From here on digits are a number of something.
const MANY_DIGITS: usize = 5;

/// A name fit to be spoken: one line, trimmed, nothing invisible in it. `None`: speak without.
///
/// A single letter is a name in Chinese, Japanese and Korean only; elsewhere ("J", "J.") it is an initial from a form.
pub(crate) fn spoken_name(raw: &str) -> Option<String> {
    if raw.len() > LONGEST_RAW {
        return None;
    }
    let name = visible(raw);
    let fits = name.len() <= LONGEST_BYTES
        && name.chars().count() <= LONGEST
        && name.split(' ').count() <= MOST_WORDS;
    let speakable = fits
        && has_enough_letters(&name)
        && !name.chars().any(is_never_in_a_name)
        && !name.starts_with(['"', ',', '.', ')', '-'])
        && !name.ends_with(['"', ',', '(', '-'])
        && !is_scribbled(&name)
        && !is_account(&name)
        && !is_placeholder(&name);
    speakable.then_some(name)
}

/// One line, single spaces, without characters that reorder, hide or join text. Joiners and variation selectors stay
/// where they change the letter before them: in Arabic and Indic words (a Persian name without its ZWNJ is misspelt)
/// and after Chinese characters.
fn visible(raw: &str) -> String {
    let mut name = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let before = name.chars().next_back();
        if c.is_whitespace() || c.is_control() || c == '\u{2800}' {
            if before.is_some_and(|before| before != ' ') {
                name.push(' ');
            }
        } else if matches!(c, '\u{200c}' | '\u{200d}') {
            if before.is_some_and(is_joined_script) && chars.peek().copied().is_some_and(is_joined_script) {
                name.push(c);
            }
        } else if matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}') {
            if before.is_some_and(is_cjk) {
                name.push(c);
            }
        } else if !is_invisible(c) {
            name.push(c);
        }
    }
    name.truncate(name.trim_end_matches(' ').len());
    name
}

/// Format characters and blank letters (general categories Cf, and Lo that draws nothing).
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Arabic, Syriac and the scripts of India and Sri Lanka.
const fn is_joined_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Characters that are words by themselves: Chinese, kana, hangul.
const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Circled and squared letters are emoji to the eye (🅰).
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Two letters, or one that is a word; and not mostly digits, like a telephone number or an identifier.
fn has_enough_letters(name: &str) -> bool {
    let letters = name.chars().filter(|c| is_letter(*c)).count();
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    (letters >= 2 || name.chars().any(is_cjk)) && digits < MANY_DIGITS && digits <= letters
}

/// Signs of markup, templates, addresses and sentences; a character that got lost; private use.
const fn is_never_in_a_name(c: char) -> bool {
    matches!(c,
        '@' | '<' | '>' | '{' | '}' | '[' | ']' | '|' | '\\' | '^' | '~' | '=' | '$' | '%' | '*' | '#' | '/' | '_' | ':'
        | ';' | '+' | '!' | '?' | '。' | '！' | '？' | '\u{fffc}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Marks heaped on a letter: Latin, Cyrillic, Hebrew, Arabic, Thai and Tibetan ones, and those of no script.
fn is_scribbled(name: &str) -> bool {
    let mut in_a_row = 0;
    name.chars().any(|c| {
        in_a_row = if is_mark(c) { in_a_row + 1 } else { 0 };
        in_a_row > MOST_MARKS
    })
}

const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{f71}'..='\u{f84}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// "jackie.smith", "example.com", "www.…": a dot between small letters stands in addresses and accounts. (J.K. Rowling
/// and St.John have a capital after it.)
fn is_account(name: &str) -> bool {
    let dotted = |w: &[u8]| matches!(w, [a, b'.', b] if a.is_ascii_lowercase() && b.is_ascii_lowercase());
    name.as_bytes().windows(3).any(dotted)
        || name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names() {
        for name in [
            "Jackie",
            "jackie",
            "Ana María",
            "Žofia",
            "Nguyễn Thị Ánh",
            "O'Brien",
            "D’Angelo",
            "Anne-Marie",
            "J.K. Rowling",
            "J.R.R. Tolkien",
            "St.John",
            "Dr. Who",
            "Jr",
            "Jo",
            "Bo",
            "Al",
            "Øyvind",
            "Łukasz",
            "Þóra",
            "İpek",
            "Ğ Ü",
            "ʻIolani",
            "Αλέξης",
            "Дмитро",
            "Ольга Петрівна",
            "ნინო",
            "Արամ",
            "יעל",
            "ש\u{5bc}\u{5c1}\u{5b8}לום",
            "ד\"ר כהן",
            "محمد",
            "علی\u{200c}رضا",
            "فاطمة الزهراء",
            "आरव",
            "ক্\u{200d}ষমা",
            "கவிதா",
            "สมชาย",
            "ဦးသန့်",
            "ህይወት",
            "明美",
            "明",
            "王",
            "김",
            "김민준",
            "さくら",
            "タロウ",
            "佐々木",
            "葛\u{e0100}城",
            "Nilufar",
            "Guestina",
            "Testa",
            "Nan",
            "NAN",
            "Na",
            "Nil",
            "Foo",
            "Usera",
            "Nulla",
            "Namey",
            "Sam & Alex",
            "Jackie2",
            "R2D2",
            "Jackie 😀",
            "Jackie (Jacqueline)",
            "Martin Luther King, Jr.",
            "X Æ A-12",
            "Dwayne \"The Rock\" Johnson",
            "Juan Carlos de la Cruz",
            "No",
            "New",
            "First",
        ] {
            assert_eq!(spoken_name(name).as_deref(), Some(name));
        }
    }

    #[test]
    fn what_is_no_name_is_not_spoken() {
        for raw in [
            "",
            "  ",
            "\u{202e}",
            "\u{200b}\u{feff}",
            "\u{3164}\u{3164}",
            "😀",
            "👩\u{200d}🚀",
            "🅰️🅱️",
            "🇩🇪",
            "❤️",
            "12",
            "٣٤٥",
            "!!!",
            "-",
            "J",
            "J.",
            "é",
            "д",
            "jackie@example.com",
            "@jackie",
            "https://example.com",
            "www.example.com",
            "example.com",
            "jackie.smith",
            "jackie_smith",
            "+49 171 1234567",
            "tel 555-1234",
            "user12345",
            "a1b2c3d4e5",
            "550e8400-e29b-41d4-a716-446655440000",
            "<b>",
            "Jackie<br>",
            "{name}",
            "{{first_name}}",
            "[object Object]",
            "%s",
            "$1",
            "null",
            "NULL",
            "(null)",
            "<null>",
            "Null",
            "undefined",
            "undefined undefined",
            "Jackie undefined",
            "null null",
            "nil",
            "NaN",
            "nan",
            "none",
            "None",
            "n/a",
            "N/A",
            "test",
            "Test",
            "TESTER",
            "test123",
            "Test User",
            "test-user",
            "user",
            "User 1",
            "guest",
            "Guest User",
            "anonymous",
            "unknown",
            "Admin",
            "customer",
            "first name",
            "First Name",
            "firstname",
            "your name",
            "name",
            "string",
            "example",
            "foo",
            "foo bar",
            "asdf",
            "qwerty",
            "not set",
            "***",
            "Optional(\"Jackie\")",
            "optional(nil)",
            "ゲスト",
            "Jackie!",
            "Who are you?",
            "I am the very best customer",
            "Jackie\u{fffd}",
            "\u{e000}\u{e001}",
            "\"Jackie\"",
            "J\u{301}\u{302}\u{303}\u{304}ackie",
            "ก\u{e47}\u{e47}\u{e47}\u{e47}อ",
        ] {
            assert_eq!(spoken_name(raw), None, "{raw:?}");
        }
        for long in ["x".repeat(41), "🄰é".repeat(30), " ".repeat(2000) + "Jo"] {
            assert_eq!(spoken_name(&long), None);
        }
    }

    #[test]
    fn cleaned() {
        for (raw, expected) in [
            (" Jackie ", "Jackie"),
            ("Ana\nMaría", "Ana María"),
            ("Ana \t\u{3000} María", "Ana María"),
            ("\u{202e}Žofia", "Žofia"),
            ("Jac\u{200b}kie", "Jackie"),
            ("Jac\u{200d}kie", "Jackie"),
            ("\u{2068}יעל\u{2069}", "יעל"),
            ("Ali\u{200c}", "Ali"),
            ("علی\u{200c}", "علی"),
            ("علی\u{200c}Jo", "علیJo"),
            ("Jo\u{200c}علی", "Joعلی"),
            ("Ana\u{7}María", "Ana María"),
            ("Ana\u{2800}María", "Ana María"),
            ("山田\u{3000}太郎", "山田 太郎"),
        ] {
            assert_eq!(spoken_name(raw).as_deref(), Some(expected), "{raw:?}");
        }
        assert_eq!(spoken_name(&"x".repeat(40)), Some("x".repeat(40)));
        assert!(spoken_name(&"ж".repeat(40)).is_some() && spoken_name(&"明".repeat(40)).is_some());
        assert_eq!(spoken_name(&"𠀀".repeat(31)), None);
        let padded = |bytes: usize| spoken_name(&format!("{:bytes$}", "Jo"));
        assert_eq!((padded(1_024).as_deref(), padded(1_025)), (Some("Jo"), None));
    }

    proptest! {
        #[test]
        fn a_spoken_name_stays_as_it_is(raw in any::<String>(), like in "[A-Za-z\u{5d0}\u{627}明 .'\u{200d}\u{202e}\u{301}-]{0,50}") {
            for raw in [raw, like] {
                if let Some(name) = spoken_name(&raw) {
                    prop_assert!(name.chars().count() <= LONGEST && !name.contains("  "));
                    prop_assert!(!name.chars().any(char::is_control));
                    prop_assert_eq!(spoken_name(&name), Some(name));
                }
            }
        }
    }
}
