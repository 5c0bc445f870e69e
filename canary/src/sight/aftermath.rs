//! Does saying sorry help? What people did next, where they were told and where the app kept silent to compare.
//!
//! Who stayed: `continued` or `retried`, and did not abandon. Both arms are counted at the moment when the app would have
//! spoken, so the difference is what the words do.

use std::collections::BTreeMap;

use super::difference::{Estimate, Share, difference};
use super::few::{Touched, hidden};
use super::table::{Reading, Table, Value, column};
use super::words::{percent, plural, points};
use crate::count::vocabulary::{After, Arm, Kind, Metric};
use crate::store::{ReadError, Scan, Store, Turn};

/// Fewer people than these in either arm say nothing, whatever the interval.
const LEAST: i64 = 30;

/// What people of one arm did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Did {
    pub(crate) continued: i64,
    pub(crate) retried: i64,
    pub(crate) abandoned: i64,
}

/// Both arms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Arms {
    pub(crate) apologised: Did,
    pub(crate) held_out: Did,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Helps,
    Hurts,
    CannotTell,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Aftermath {
    pub(crate) all: Arms,
    pub(crate) by_kind: BTreeMap<Kind, Arms>,
}

impl Did {
    pub(crate) const fn people(&self) -> i64 {
        self.continued.saturating_add(self.retried).saturating_add(self.abandoned)
    }

    /// Who stayed, of all.
    pub(crate) const fn stayed(&self) -> Share {
        Share { of: self.people(), have: self.continued.saturating_add(self.retried) }
    }
}

impl Arms {
    /// How many more stay when they are told; `None` while an arm is empty.
    pub(crate) fn effect(&self) -> Option<Estimate> {
        difference(self.apologised.stayed(), self.held_out.stayed())
    }

    /// What can be said by now.
    pub(crate) fn answer(&self) -> Answer {
        let few = self.apologised.people().min(self.held_out.people()) < LEAST;
        match self.effect() {
            Some(effect) if !few && effect.low > 0.0 => Answer::Helps,
            Some(effect) if !few && effect.high < 0.0 => Answer::Hurts,
            _ => Answer::CannotTell,
        }
    }

    /// A sentence that a person who never read of intervals understands.
    pub(crate) fn sentence(&self) -> String {
        let (told, silent) = (self.apologised.people(), self.held_out.people());
        let shares = || {
            let share = |did: &Did| did.stayed().wilson().map_or(0.0, |share| share.value);
            format!(
                "{} of those who were told stayed, {} of those who were not",
                percent(share(&self.apologised)),
                percent(share(&self.held_out))
            )
        };
        if told == 0 && silent == 0 {
            return "Nobody was apologised to yet, and nobody was held out.".to_owned();
        }
        let Some(effect) = self.effect().filter(|_| told.min(silent) >= LEAST) else {
            return format!(
                "{} told, {} held out: it takes at least {LEAST} of each, and some hundreds to see a small difference.",
                plural(told, "person was", "people were"),
                plural(silent, "was", "were"),
            );
        };
        let between = format!("between {} and {} points", points(effect.low), points(effect.high));
        match self.answer() {
            Answer::Helps | Answer::Hurts => {
                format!("{}: {} points ({between}).", shares(), points(effect.value))
            }
            Answer::CannotTell => {
                format!("{}. The true difference lies {between}: it may be nothing.", shares())
            }
        }
    }
}

impl Answer {
    /// The headline.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Helps => "Yes, saying sorry keeps people",
            Self::Hurts => "No, people leave more often when told",
            Self::CannotTell => "Can't tell yet",
        }
    }

    /// The word for it in HTML.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Helps => "helps",
            Self::Hurts => "hurts",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// Reads an app's hours from `from` to before `until`. Blocks.
pub(crate) fn read(
    store: &Store,
    turn: &Turn,
    app: &str,
    from: i64,
    until: i64,
) -> Result<Aftermath, ReadError> {
    let scan = Scan { app: app.to_owned(), metrics: &[Metric::Aftermath], from, until, ..Scan::default() };
    let mut found = Aftermath::default();
    store.scan_hours(turn, &scan, &mut |_, row, value| {
        if let Some(kind) = row.kind {
            found.add(kind, &row.facet, value);
        }
    })?;
    Ok(found)
}

impl Aftermath {
    fn add(&mut self, kind: Kind, facet: &str, value: i64) {
        let Some((arm, after)) = facet.split_once('/') else { return };
        let (Some(arm), Some(after)) = (Arm::from_word(arm), After::from_word(after)) else { return };
        for arms in [&mut self.all, self.by_kind.entry(kind).or_default()] {
            let did = match arm {
                Arm::Apologised => &mut arms.apologised,
                Arm::HeldOut => &mut arms.held_out,
            };
            let sum = match after {
                After::Continued => &mut did.continued,
                After::Retried => &mut did.retried,
                After::Abandoned => &mut did.abandoned,
            };
            *sum = sum.saturating_add(value);
        }
    }

    /// A row for each arm, then for each kind and arm; rows of fewer people than `least` are hidden, and with them as many
    /// kinds of the same arm as it takes that they are not had by subtraction.
    pub(crate) fn table(&self, least: i64) -> Table {
        let mut rows = Vec::new();
        let cell = |did: &Did| Touched { failures: did.people(), devices: did.people() };
        let few_kinds = |of: fn(&Arms) -> &Did| {
            let cells: Vec<Touched> = self.by_kind.values().map(|arms| cell(of(arms))).collect();
            let own = [cell(of(&self.all)).is_few(least)];
            own.into_iter().chain(hidden(&cells, least)).collect::<Vec<bool>>()
        };
        let (told, held) = (few_kinds(|arms| &arms.apologised), few_kinds(|arms| &arms.held_out));
        let kinds = self.by_kind.iter().map(|(kind, arms)| (kind.word(), arms));
        let few = told.into_iter().zip(held);
        for ((kind, arms), (told, held)) in [("all", &self.all)].into_iter().chain(kinds).zip(few) {
            for (arm, did, few) in
                [(Arm::Apologised, &arms.apologised, told), (Arm::HeldOut, &arms.held_out, held)]
            {
                let count = |count: i64| if few { Value::Few } else { Value::Count(count) };
                let share = did.stayed().wilson();
                let number =
                    |of: fn(Estimate) -> f64| if few { Value::Few } else { Value::number(share.map(of)) };
                rows.push(vec![
                    Value::Text(kind.to_owned()),
                    Value::Text(arm.word().to_owned()),
                    count(did.people()),
                    count(did.continued),
                    count(did.retried),
                    count(did.abandoned),
                    number(|share| share.value),
                    number(|share| share.low),
                    number(|share| share.high),
                ]);
            }
        }
        Table {
            name: "aftermath",
            title: "What people did next".to_owned(),
            summary: format!("{}. {}", self.all.answer().text(), self.all.sentence()),
            columns: vec![
                column("kind", "Kind"),
                column("arm", "Arm"),
                column("people", "People"),
                column("continued", "Went on"),
                column("retried", "Tried again"),
                column("abandoned", "Left"),
                column("stayed", "Stayed").read_as(Reading::Share),
                column("stayed_low", "from").read_as(Reading::Share),
                column("stayed_high", "to").read_as(Reading::Share),
            ],
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arms(told: (i64, i64), silent: (i64, i64)) -> Arms {
        let did = |(stayed, left)| Did { continued: stayed, retried: 0, abandoned: left };
        Arms { apologised: did(told), held_out: did(silent) }
    }

    #[test]
    fn it_answers_only_when_the_interval_does() {
        assert_eq!(arms((0, 0), (0, 0)).answer(), Answer::CannotTell);
        assert_eq!(arms((29, 0), (0, 29)).answer(), Answer::CannotTell, "too few, however clear");
        assert_eq!(arms((800, 200), (80, 20)).answer(), Answer::CannotTell);
        assert_eq!(arms((850, 150), (700, 300)).answer(), Answer::Helps);
        assert_eq!(arms((700, 300), (850, 150)).answer(), Answer::Hurts);
    }

    #[test]
    fn the_sentence_has_the_figures() {
        let said = arms((850, 150), (700, 300)).sentence();
        assert_eq!(
            said,
            "85 % of those who were told stayed, 70 % of those who were not: +15.0 points (between +11.4 and +18.6 points)."
        );
        assert!(arms((800, 200), (80, 20)).sentence().contains("it may be nothing"));
        assert!(arms((3, 1), (0, 0)).sentence().starts_with("4 people were told, 0 were held out"));
    }

    #[test]
    fn facets_go_to_their_arm_and_few_people_are_hidden() {
        let mut aftermath = Aftermath::default();
        aftermath.add(Kind::Error, "apologised/retried", 7);
        aftermath.add(Kind::Hang, "held_out/abandoned", 2);
        aftermath.add(Kind::Hang, "nonsense", 2);
        assert_eq!(aftermath.all.apologised.retried, 7);
        let csv = aftermath.table(5).csv();
        assert!(csv.contains("all,apologised,7,0,7,0,1,"), "{csv}");
        assert!(csv.contains("hang,held_out,few devices"), "{csv}");
        assert!(csv.contains("hang,apologised,0,0,0,0,,,"), "nobody is not few: {csv}");
        aftermath.add(Kind::Error, "apologised/continued", 33);
        aftermath.add(Kind::DeadTap, "apologised/continued", 12);
        aftermath.add(Kind::Hang, "apologised/abandoned", 1);
        let csv = aftermath.table(5).csv();
        assert!(csv.contains("hang,apologised,few devices"), "{csv}");
        assert!(csv.contains("dead_tap,apologised,few devices"), "or the hang is had by subtraction: {csv}");
        assert!(csv.contains("error,apologised,40,33,7,0,"), "{csv}");
    }
}
