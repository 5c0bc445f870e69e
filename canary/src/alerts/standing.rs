//! How one alert stands: pending, firing, resolved. One for each fingerprint, whatever is said about it how often.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::definition::Alert;
use super::reading::{Level, Reading, Sum};

/// A phase of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Phase {
    /// Too much, but not yet for long enough.
    Pending,
    /// It was told, or would have been but for a silence.
    Firing,
    /// It is over.
    Resolved,
}

/// What has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum News {
    Firing,
    /// Still firing, after the repeat interval.
    Repeated,
    Resolved,
}

/// See the module. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(crate) fingerprint: String,
    pub(crate) alert: String,
    pub(crate) app: String,
    /// The labels that are its own: those it is limited to and those it is split by.
    pub(crate) labels: Vec<(String, String)>,
    pub(crate) severity: String,
    /// The outputs that are told.
    pub(crate) to: Vec<String>,
    pub(crate) phase: Phase,
    /// Since when it seems to go on.
    pub(crate) since_s: i64,
    pub(crate) pending_s: i64,
    pub(crate) fired_s: Option<i64>,
    /// When it was resolved last, also while it fires again.
    pub(crate) resolved_s: Option<i64>,
    /// Since when it has been quiet.
    pub(crate) quiet_s: Option<i64>,
    /// How often it has fired.
    pub(crate) number: u64,
    /// When it was told last; `None`: nobody was told of this time.
    pub(crate) told_s: Option<i64>,
    /// How often this time was told, for the ids of messages.
    pub(crate) tellings: u64,
    pub(crate) silenced: bool,
    /// The newest counts, of the worst time while it fires.
    pub(crate) sum: Sum,
    pub(crate) against: Option<f64>,
}

/// The same for the same alert, app and labels, for ever.
pub(crate) fn fingerprint(alert: &str, app: &str, labels: &[(String, String)]) -> String {
    let mut digest = Sha256::new_with_prefix(alert).chain_update([0]).chain_update(app);
    for (name, value) in labels {
        digest = digest.chain_update([0]).chain_update(name).chain_update([1]).chain_update(value);
    }
    digest.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        use std::fmt::Write;
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Standing {
    /// One that was never too much.
    pub(crate) fn new(alert: &Alert, app: &str, labels: Vec<(String, String)>, now_s: i64) -> Self {
        Self {
            fingerprint: fingerprint(&alert.name, app, &labels),
            alert: alert.name.clone(),
            app: app.to_owned(),
            labels,
            severity: alert.severity.word().to_owned(),
            to: alert.to.clone(),
            phase: Phase::Pending,
            since_s: now_s,
            pending_s: now_s,
            fired_s: None,
            resolved_s: None,
            quiet_s: None,
            number: 0,
            told_s: None,
            tellings: 0,
            silenced: false,
            sum: Sum::default(),
            against: None,
        }
    }

    /// From which minute on counts are evidence: when it was resolved last.
    pub(crate) fn restart_minute(&self) -> i64 {
        self.resolved_s.map_or(0, |resolved| resolved.div_euclid(60))
    }

    /// Takes a reading into account: what has to be told.
    pub(crate) fn step(
        &mut self,
        reading: &Reading,
        alert: &Alert,
        silenced: bool,
        now_s: i64,
    ) -> Option<News> {
        self.silenced = silenced;
        alert.severity.word().clone_into(&mut self.severity);
        self.to.clone_from(&alert.to);
        if reading.level == Level::High || self.phase == Phase::Firing {
            (self.sum, self.against) = (reading.sum, reading.against);
        }
        match self.phase {
            Phase::Resolved if reading.level == Level::High => {
                self.phase = Phase::Pending;
                (self.pending_s, self.fired_s, self.told_s) = (now_s, None, None);
                self.pend(reading, alert, now_s)
            }
            Phase::Pending if reading.level == Level::High => self.pend(reading, alert, now_s),
            Phase::Firing => self.fire(reading, alert, now_s),
            Phase::Pending | Phase::Resolved => None,
        }
    }

    /// Whether it is worth keeping after a reading: a pending one that is no longer too much is not, unless it has a past.
    pub(crate) fn stands(&mut self, level: Level) -> bool {
        if self.phase != Phase::Pending || level == Level::High {
            return true;
        }
        if self.resolved_s.is_some() {
            self.phase = Phase::Resolved;
            return true;
        }
        false
    }

    /// Ends it, whatever is counted: its alert is no longer configured.
    pub(crate) fn end(&mut self, now_s: i64) -> Option<News> {
        if self.phase != Phase::Firing {
            return None;
        }
        self.phase = Phase::Resolved;
        self.resolved_s = Some(now_s);
        self.told_s.is_some().then(|| self.tell(News::Resolved, now_s))
    }

    fn pend(&mut self, reading: &Reading, alert: &Alert, now_s: i64) -> Option<News> {
        if now_s - self.pending_s < alert.hold_s {
            return None;
        }
        self.phase = Phase::Firing;
        self.since_s = reading.since.map_or(self.pending_s, |minute| (minute * 60).min(now_s));
        self.fired_s = Some(now_s);
        self.quiet_s = None;
        self.number += 1;
        self.tellings = 0;
        (!self.silenced).then(|| self.tell(News::Firing, now_s))
    }

    fn fire(&mut self, reading: &Reading, alert: &Alert, now_s: i64) -> Option<News> {
        if reading.level == Level::Low {
            let quiet = *self.quiet_s.get_or_insert(now_s);
            if now_s - quiet >= alert.resolve_after_s {
                return self.end(now_s);
            }
        } else {
            self.quiet_s = None;
        }
        if self.silenced {
            return None;
        }
        match self.told_s {
            // A silence has ended, and it still goes on.
            None => Some(self.tell(News::Firing, now_s)),
            Some(told) if now_s - told >= alert.repeat_s => Some(self.tell(News::Repeated, now_s)),
            Some(_) => None,
        }
    }

    fn tell(&mut self, news: News, now_s: i64) -> News {
        self.told_s = Some(now_s);
        self.tellings += 1;
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert() -> Alert {
        Alert { hold_s: 120, resolve_after_s: 300, repeat_s: 3_600, ..Alert::standard() }
    }

    fn reading(level: Level) -> Reading {
        Reading { level, ..Reading::QUIET }
    }

    /// What is told at each minute, by `h`igh, `b`etween and `l`ow.
    fn told(levels: &str, silent: impl Fn(i64) -> bool) -> (Vec<(i64, News)>, Standing) {
        let alert = alert();
        let mut standing = Standing::new(&alert, "shop", Vec::new(), 0);
        let mut all = Vec::new();
        for (minute, letter) in (0..).zip(levels.chars()) {
            let level = match letter {
                'h' => Level::High,
                'b' => Level::Between,
                _ => Level::Low,
            };
            if let Some(news) = standing.step(&reading(level), &alert, silent(minute), minute * 60) {
                all.push((minute, news));
            }
            if !standing.stands(level) {
                standing = Standing::new(&alert, "shop", Vec::new(), (minute + 1) * 60);
            }
        }
        (all, standing)
    }

    #[test]
    fn it_has_to_last_before_it_fires_and_be_quiet_before_it_is_resolved() {
        assert_eq!(told("hhlhhl", |_| false).0, []);
        assert_eq!(told("hhh", |_| false).0, [(2, News::Firing)]);
        // Neither high nor quiet keeps it firing.
        assert_eq!(told("hhhbbbbbbbbbb", |_| false).0, [(2, News::Firing)]);
        assert_eq!(told("hhhllllllhl", |_| false).0, [(2, News::Firing), (8, News::Resolved)]);
        assert_eq!(told("hhhllllblllll", |_| false).0, [(2, News::Firing)], "quiet has to last");
    }

    #[test]
    fn it_is_told_once_and_again_after_the_repeat_interval() {
        let (told, standing) = told(&"h".repeat(130), |_| false);
        assert_eq!(told, [(2, News::Firing), (62, News::Repeated), (122, News::Repeated)]);
        assert_eq!((standing.number, standing.tellings), (1, 3));
    }

    #[test]
    fn a_silence_holds_it_back_and_what_still_goes_on_is_told_after() {
        let (found, _) = told("hhhhhhhh", |minute| minute < 6);
        assert_eq!(found, [(6, News::Firing)]);
        let (found, standing) = told("hhhllllll", |_| true);
        assert_eq!(found, [], "nobody was told, so nobody is told that it is over");
        assert_eq!(standing.phase, Phase::Resolved);
        let (found, _) = told("hhhllllll", |minute| minute > 2);
        assert_eq!(found, [(2, News::Firing), (8, News::Resolved)], "who was told hears the end");
    }

    #[test]
    fn a_second_time_is_another_one() {
        let (found, standing) = told("hhhllllllhhh", |_| false);
        assert_eq!(found, [(2, News::Firing), (8, News::Resolved), (11, News::Firing)]);
        assert_eq!((standing.number, standing.tellings), (2, 1));
        assert_eq!(standing.restart_minute(), 8);
    }

    #[test]
    fn fingerprints_tell_labels_apart() {
        let label = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let all = [
            fingerprint("a", "shop", &[]),
            fingerprint("a", "bank", &[]),
            fingerprint("ashop", "", &[]),
            fingerprint("a", "shop", &[label("release", "1")]),
            fingerprint("a", "shop", &[label("release", "2")]),
            fingerprint("a", "shop", &[label("segment", "1")]),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| one != other), "{one}");
        }
    }
}
