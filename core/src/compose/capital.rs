//! The first letter of a sentence, without the tables of `char::to_uppercase` (12 KB of a phone's library).

/// Makes the first letter a capital: "[{name}, ]this is…" is a sentence with a name and without. `dotted_i`: in
/// Turkish and Azeri the capital of i is İ.
pub(crate) fn capitalise(text: &mut String, dotted_i: bool) {
    let Some((at, first)) = text.char_indices().find(|(_, c)| !may_precede(*c)) else { return };
    let capital = if dotted_i && first == 'i' { 'İ' } else { upper(first) };
    if capital != first {
        text.replace_range(at..at + first.len_utf8(), capital.encode_utf8(&mut [0; 4]));
    }
}

/// Quotes, brackets, dashes and isolates stand before a sentence's first letter; a digit is its beginning.
const fn may_precede(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, ' ' | '¿' | '¡' | '«' | '\u{200e}' | '\u{200f}' | '\u{2010}'..='\u{201f}' | '\u{2066}'..='\u{2069}')
}

/// The capital of a letter in the Latin, Greek, Cyrillic or Armenian script: those that have capitals and are in use.
/// (Georgian has them too in Unicode, but not at the beginning of sentences.) Checked against std's in the test.
fn upper(c: char) -> char {
    let code = c as u32;
    let odd = code & 1 == 1;
    let capital = match code {
        0x61..=0x7a | 0xe0..=0xf6 | 0xf8..=0xfe | 0x3b1..=0x3c1 | 0x3c3..=0x3cb | 0x430..=0x44f => {
            code - 0x20
        }
        0x450..=0x45f => code - 0x50,
        0x561..=0x586 => code - 0x30,
        0x3ad..=0x3af => code - 0x25,
        0x3cd | 0x3ce => code - 0x3f,
        0xff => 0x178,
        0x131 => 0x49,
        0x3ac => 0x386,
        0x3cc => 0x38c,
        // Elsewhere a capital stands right before its letter.
        _ if odd && is_odd_small(code) || !odd && is_even_small(code) => code - 1,
        _ => code,
    };
    char::from_u32(capital).unwrap_or(c)
}

const fn is_odd_small(code: u32) -> bool {
    matches!(code,
        0x101..=0x12f | 0x133..=0x137 | 0x14b..=0x177 | 0x1a1 | 0x1f9..=0x21f | 0x223..=0x233 | 0x461..=0x481
        | 0x48b..=0x4bf | 0x4d1..=0x52f | 0x1e01..=0x1e95 | 0x1ea1..=0x1eff)
}

const fn is_even_small(code: u32) -> bool {
    matches!(code, 0x13a..=0x148 | 0x17a..=0x17e | 0x1b0 | 0x1ce..=0x1dc | 0x4c2..=0x4ce)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capital(text: &str, dotted_i: bool) -> String {
        let mut text = text.to_owned();
        capitalise(&mut text, dotted_i);
        text
    }

    #[test]
    fn first_letters() {
        for (text, expected) in [
            ("this is", "This is"),
            ("éa", "Éa"),
            ("žofia", "Žofia"),
            ("їжа", "Їжа"),
            ("ёж", "Ёж"),
            ("ώρα", "Ώρα"),
            ("đặng", "Đặng"),
            ("ứng", "Ứng"),
            ("¿qué", "¿Qué"),
            ("\u{2068}jo\u{2069}", "\u{2068}Jo\u{2069}"),
            ("3 minutes", "3 minutes"),
            ("ნინო", "ნინო"),
            ("明美", "明美"),
            ("שלום", "שלום"),
            ("ßx", "ßx"),
            ("Ok", "Ok"),
            ("", ""),
            ("...", "..."),
        ] {
            assert_eq!(capital(text, false), expected);
        }
        assert_eq!(capital("iyi", true), "İyi");
        assert_eq!(capital("ılık", true), "Ilık");
    }

    #[test]
    fn as_std_has_it_where_it_changes_anything() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let ours = upper(c);
            assert!(ours == c || c.to_uppercase().eq([ours]), "{c} {:x}", c as u32);
        }
        for c in "abcxyzàéîõüñçåæøþąćđēęğģĥīķłńňőœřśşșťțůűýÿźżžơưαβγωάέήίόύώабвгдяёіїєґџўқұөաբգև"
            .chars()
            .filter(|c| *c != 'և')
        {
            assert!(c.to_uppercase().eq([upper(c)]), "{c}");
        }
    }
}
