//! What a detector found, how soon, and how often it was wrong.

use std::collections::BTreeMap;

use amends_canary::Firing;

use crate::world::START_MIN;

/// After its end an outage may still be seen for so long.
const AFTERMATH_MIN: u64 = 60;

/// An outage as it is scored. Minutes since the start.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// What it is called in the table.
    pub(crate) name: String,
    pub(crate) from: u64,
    pub(crate) until: u64,
    /// Labels to which it is limited.
    pub(crate) only: Vec<(&'static str, String)>,
}

impl Wanted {
    /// Whether a firing may be about it: within its time, and of no other place.
    fn explains(&self, firing: &Firing) -> Option<u64> {
        let fired = u64::try_from(firing.fired_s / 60).ok()?.checked_sub(START_MIN)?;
        let elsewhere = self
            .only
            .iter()
            .any(|(name, value)| firing.labels.iter().any(|(own, is)| own == name && is != value));
        let within = (self.from..self.until + AFTERMATH_MIN).contains(&fired);
        (within && !elsewhere).then(|| fired + 1 - self.from)
    }
}

/// The score of one alert.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) false_alarms: u64,
    /// By name of the outage: minutes until it was told, `None` where it was not.
    pub(crate) found: BTreeMap<String, Vec<Option<u64>>>,
}

impl Score {
    /// Adds what one alert said about these outages; gives back what it said of none.
    pub(crate) fn add<'f>(
        &mut self,
        alert: &str,
        firings: &'f [Firing],
        outages: &[Wanted],
    ) -> Vec<&'f Firing> {
        let mine: Vec<&Firing> = firings.iter().filter(|firing| firing.alert == alert).collect();
        let explained = |firing: &Firing| outages.iter().any(|outage| outage.explains(firing).is_some());
        let falsely: Vec<&Firing> = mine.iter().copied().filter(|firing| !explained(firing)).collect();
        self.false_alarms += falsely.len() as u64;
        for outage in outages {
            let soonest = mine
                .iter()
                .filter_map(|firing| outage.explains(firing))
                .min()
                .filter(|minutes| *minutes <= outage.until - outage.from);
            self.found.entry(outage.name.clone()).or_default().push(soonest);
        }
        falsely
    }

    /// A cell of the table: the median minutes where half were found, and how many were.
    pub(crate) fn cell(&self, outage: &str) -> String {
        let Some(all) = self.found.get(outage) else { return String::new() };
        let mut found: Vec<u64> = all.iter().copied().flatten().collect();
        found.sort_unstable();
        let share = format!("{}/{}", found.len(), all.len());
        match found.get(all.len().div_ceil(2) - 1) {
            Some(median) => format!("{median} min ({share})"),
            None => share,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firing(minute: u64, region: &str) -> Firing {
        Firing {
            alert: "a".to_owned(),
            app: "shop".to_owned(),
            labels: vec![("region".to_owned(), region.to_owned())],
            fired_s: i64::try_from((START_MIN + minute) * 60 + 59).unwrap_or_default(),
            resolved_s: None,
            title: String::new(),
        }
    }

    #[test]
    fn what_is_told_during_an_outage_is_found_and_all_else_is_false() {
        let outage =
            Wanted { name: "x".into(), from: 100, until: 200, only: vec![("region", "eu".to_owned())] };
        let mut score = Score::default();
        let firings =
            [firing(50, "eu"), firing(109, "eu"), firing(105, "us"), firing(259, "eu"), firing(260, "eu")];
        score.add("a", &firings, std::slice::from_ref(&outage));
        assert_eq!(score.false_alarms, 3);
        assert_eq!(score.cell("x"), "10 min (1/1)");
        score.add("a", &[firing(210, "eu")], std::slice::from_ref(&outage));
        score.add("a", &[], std::slice::from_ref(&outage));
        assert_eq!((score.false_alarms, &*score.cell("x")), (3, "1/3"), "told when it was over is not found");
    }
}
