//! Plural categories of whole numbers.
//!
//! The cardinal rules of Unicode CLDR 46 (`common/supplemental/plurals.xml`, shown at
//! <https://www.unicode.org/cldr/charts/46/supplemental/language_plural_rules.html>), for numbers without a fraction
//! and never compact ("1M"): so v = 0, e = 0 and i = n in the rules there.

/// A CLDR plural category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

use Category::{Few, Many, One, Other, Two, Zero};

impl Category {
    /// The category with CLDR's word for it.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "zero" => Zero,
            "one" => One,
            "two" => Two,
            "few" => Few,
            "many" => Many,
            "other" => Other,
            _ => return None,
        })
    }
}

/// The rules of one language.
#[derive(Debug)]
pub(crate) struct Plurals {
    /// The category of a number.
    pub(crate) of: fn(u64) -> Category,
    /// What `of` can answer; a text needs an arm for each.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold the built-in texts to it"))]
    pub(crate) uses: &'static [Category],
}

/// The rules of a language tag in lower case; a language without rules here counts as English does.
pub(crate) fn plurals(tag: &str) -> &'static Plurals {
    match tag.split('-').next().unwrap_or_default() {
        "ja" | "ko" | "zh" | "id" => &Plurals { of: |_| Other, uses: &[Other] },
        "pt" if tag.starts_with("pt-pt") => &Plurals { of: one_or_millions, uses: &[One, Many, Other] },
        "fr" | "pt" => &Plurals { of: zero_one_or_millions, uses: &[One, Many, Other] },
        "es" | "it" => &Plurals { of: one_or_millions, uses: &[One, Many, Other] },
        "hi" => &Plurals { of: |n| if n <= 1 { One } else { Other }, uses: &[One, Other] },
        "pl" => &Plurals { of: polish, uses: &[One, Few, Many] },
        "ru" | "uk" => &Plurals { of: east_slavic, uses: &[One, Few, Many] },
        "cs" => &Plurals { of: czech, uses: &[One, Few, Other] },
        "he" => &Plurals { of: hebrew, uses: &[One, Two, Other] },
        "ar" => &Plurals { of: arabic, uses: &[Zero, One, Two, Few, Many, Other] },
        // And de, nl, sv, tr.
        _ => &Plurals { of: |n| if n == 1 { One } else { Other }, uses: &[One, Other] },
    }
}

const fn one_or_millions(n: u64) -> Category {
    match n {
        1 => One,
        _ if n != 0 && n.is_multiple_of(1_000_000) => Many,
        _ => Other,
    }
}

const fn zero_one_or_millions(n: u64) -> Category {
    if n == 0 { One } else { one_or_millions(n) }
}

const fn polish(n: u64) -> Category {
    match (n, n % 10, n % 100) {
        (1, ..) => One,
        (_, _, 12..=14) => Many,
        (_, 2..=4, _) => Few,
        _ => Many,
    }
}

const fn east_slavic(n: u64) -> Category {
    match (n % 10, n % 100) {
        (_, 11..=14) => Many,
        (1, _) => One,
        (2..=4, _) => Few,
        _ => Many,
    }
}

const fn czech(n: u64) -> Category {
    match n {
        1 => One,
        2..=4 => Few,
        _ => Other,
    }
}

const fn hebrew(n: u64) -> Category {
    match n {
        1 => One,
        2 => Two,
        _ => Other,
    }
}

const fn arabic(n: u64) -> Category {
    match (n, n % 100) {
        (0, _) => Zero,
        (1, _) => One,
        (2, _) => Two,
        (_, 3..=10) => Few,
        (_, 11..=99) => Many,
        _ => Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The `@integer` samples of plurals.xml.
    const SAMPLES: &[(&str, Category, &[u64])] = &[
        ("en", One, &[1]),
        ("en", Other, &[0, 2, 16, 100, 1000, 10_000, 100_000, 1_000_000]),
        ("de", One, &[1]),
        ("de", Other, &[0, 2, 16, 1_000_000]),
        ("nl", One, &[1]),
        ("nl", Other, &[0, 2, 16, 1_000_000]),
        ("sv", One, &[1]),
        ("sv", Other, &[0, 2, 16, 1_000_000]),
        ("tr", One, &[1]),
        ("tr", Other, &[0, 2, 16, 1_000_000]),
        ("fr", One, &[0, 1]),
        ("fr", Many, &[1_000_000, 2_000_000]),
        ("fr", Other, &[2, 17, 100, 1000, 10_000, 100_000]),
        ("pt", One, &[0, 1]),
        ("pt", Many, &[1_000_000]),
        ("pt", Other, &[2, 17, 100, 1000, 10_000, 100_000]),
        ("pt-pt", One, &[1]),
        ("pt-pt", Many, &[1_000_000]),
        ("pt-pt", Other, &[0, 2, 16, 100_000]),
        ("es", One, &[1]),
        ("es", Many, &[1_000_000, 3_000_000]),
        ("es", Other, &[0, 2, 16, 100, 1000, 10_000, 100_000]),
        ("it", One, &[1]),
        ("it", Many, &[1_000_000]),
        ("it", Other, &[0, 2, 16, 100, 1000, 10_000, 100_000]),
        ("hi", One, &[0, 1]),
        ("hi", Other, &[2, 17, 100, 1_000_000]),
        ("pl", One, &[1]),
        ("pl", Few, &[2, 3, 4, 22, 23, 24, 32, 42, 52, 62, 102, 1002]),
        ("pl", Many, &[0, 5, 11, 12, 14, 19, 21, 31, 100, 101, 111, 112, 1000, 1_000_000]),
        ("ru", One, &[1, 21, 31, 41, 51, 61, 71, 81, 101, 1001]),
        ("ru", Few, &[2, 3, 4, 22, 23, 24, 32, 42, 52, 62, 102, 1002]),
        ("ru", Many, &[0, 5, 11, 12, 14, 19, 100, 111, 112, 1000, 1_000_000]),
        ("uk", One, &[1, 21, 101]),
        ("uk", Few, &[2, 4, 22, 1002]),
        ("uk", Many, &[0, 5, 11, 14, 19, 100, 1_000_000]),
        ("cs", One, &[1]),
        ("cs", Few, &[2, 3, 4]),
        ("cs", Other, &[0, 5, 19, 22, 100, 1000, 1_000_000]),
        ("he", One, &[1]),
        ("he", Two, &[2]),
        ("he", Other, &[0, 3, 17, 20, 100, 1_000_000]),
        ("ar", Zero, &[0]),
        ("ar", One, &[1]),
        ("ar", Two, &[2]),
        ("ar", Few, &[3, 10, 103, 110, 1003]),
        ("ar", Many, &[11, 26, 99, 111, 1011]),
        ("ar", Other, &[100, 101, 102, 200, 202, 300, 1000, 10_000, 1_000_000]),
        ("ja", Other, &[0, 1, 2, 15, 1_000_000]),
        ("ko", Other, &[0, 1]),
        ("zh-hans", Other, &[0, 1]),
        ("id", Other, &[0, 1]),
        ("xx", One, &[1]),
        ("xx", Other, &[0, 2]),
    ];

    #[test]
    fn the_samples_of_cldr() {
        for (tag, category, numbers) in SAMPLES {
            for n in *numbers {
                assert_eq!((plurals(tag).of)(*n), *category, "{tag} {n}");
            }
        }
    }

    #[test]
    fn a_language_answers_what_it_says_it_uses() {
        for (tag, ..) in SAMPLES {
            let rules = plurals(tag);
            let numbers = (0..2000).chain([1_000_000, 2_000_001, u64::MAX]);
            assert!(numbers.clone().all(|n| rules.uses.contains(&(rules.of)(n))), "{tag}");
            assert!(rules.uses.iter().all(|used| numbers.clone().any(|n| (rules.of)(n) == *used)), "{tag}");
        }
    }

    #[test]
    fn words() {
        let words = ["zero", "one", "two", "few", "many", "other"].map(Category::from_word);
        assert_eq!(words, [Zero, One, Two, Few, Many, Other].map(Some));
        assert_eq!(Category::from_word("One"), None);
    }
}
