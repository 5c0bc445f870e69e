//! Who uses the app, by the host's word. The name stays in memory; over a restart only a salted hash of it tells whether
//! it is still the same person.

use crate::compose::spoken_name;
use serde::{Deserialize, Serialize};

/// What the host last said.
#[derive(Debug, Default, PartialEq, Eq)]
enum Told {
    /// Nothing yet: the first word on it is no change.
    #[default]
    Nothing,
    SignedOut,
    /// A hash of the host's own words: two people whose names cannot be spoken are two people.
    Named(u64),
}

/// Whom the device knew last, as it is kept in the state file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PersonState {
    /// Nobody ever said.
    #[default]
    Unknown,
    SignedOut,
    /// The hash of a name and the install's number.
    Named(u64),
}

#[derive(Debug, Default)]
pub(super) struct Person {
    told: Told,
    /// The name, if it can be spoken.
    name: Option<String>,
    /// Changes whenever another person uses the app.
    pub(super) number: u64,
    /// Salts the hash.
    lot: u64,
    /// Whether the host has said it in this process.
    pub(super) is_known: bool,
}

impl Person {
    pub(super) fn remembered(state: PersonState, lot: u64) -> Self {
        let told = match state {
            PersonState::Unknown => Told::Nothing,
            PersonState::SignedOut => Told::SignedOut,
            PersonState::Named(hash) => Told::Named(hash),
        };
        Self { told, lot, ..Self::default() }
    }

    pub(super) fn state(&self) -> PersonState {
        match self.told {
            Told::Nothing => PersonState::Unknown,
            Told::SignedOut => PersonState::SignedOut,
            Told::Named(hash) => PersonState::Named(hash),
        }
    }

    /// Takes the host's word. Says whether somebody else is there now.
    pub(super) fn told(&mut self, raw: Option<&str>) -> bool {
        // FNV-1a, salted with the install's number.
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        let hash = |name: &str| name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ self.lot, step);
        let told = raw.map_or(Told::SignedOut, |name| Told::Named(hash(name)));
        let is_another = self.told != Told::Nothing && self.told != told;
        self.is_known = true;
        self.number += u64::from(is_another);
        self.told = told;
        self.name = raw.and_then(spoken_name);
        is_another
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_changes_nobody_and_each_other_word_does() {
        let mut person = Person::default();
        assert!(!person.told(None));
        assert!(person.told(Some("Jackie")) && !person.told(Some("Jackie")));
        assert_eq!(person.name(), Some("Jackie"));
        assert!(person.told(Some("a@example.com")) && person.told(Some("b@example.com")));
        assert_eq!((person.name(), person.number), (None, 3));
        assert!(person.told(None));
    }

    #[test]
    fn over_a_restart_the_same_person_is_known_and_another_is_another() {
        let mut person = Person::remembered(PersonState::Unknown, 7);
        person.told(Some("Jackie"));
        for (name, is_another) in [(Some("Jackie"), false), (Some("Bob"), true), (None, true)] {
            let mut again = Person::remembered(person.state(), 7);
            assert!(!again.is_known);
            assert_eq!(again.told(name), is_another, "{name:?}");
        }
        let elsewhere = Person::remembered(PersonState::Unknown, 8);
        assert_ne!(elsewhere.state(), person.state());
    }
}
