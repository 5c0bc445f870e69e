//! The counts of one window, with their denominators. Counting on the steady path allocates nothing.

mod labels;
mod point;
mod row;

pub(crate) use labels::{LabelId, Labels};
pub use point::Loss;
pub(crate) use point::{First, Metric, Point, words};
pub(crate) use row::ANSWERS;
use row::{BUCKETS, Row};

/// What became of a failure: each has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The person was told.
    Shown,
    /// Counted in silence.
    Suppressed,
    /// Counted in silence because this device belongs to the silent arm.
    HeldOut,
    /// It worked again before anything was drawn.
    Recovered,
}

words!(pub Outcome { Shown => "shown", Suppressed => "suppressed", HeldOut => "held_out", Recovered => "recovered" });

/// Upper bounds of the latency buckets, in milliseconds; one more bucket takes the rest.
pub(crate) const LATENCY_BOUNDS_MS: [u64; BUCKETS - 1] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

/// Where something happened: the screen and the segment of that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) screen: LabelId,
    pub(crate) segment: LabelId,
}

impl Place {
    pub(crate) const NOWHERE: Self = Self { screen: LabelId::NONE, segment: LabelId::NONE };
}

/// Places of one window; further ones are counted together, without a screen, in their segment's row.
const MOST_ROWS: usize = 256;
const MOST_SCREENS: usize = 256;
const MOST_SEGMENTS: usize = 16;

/// The counts of the open window.
#[derive(Debug)]
pub(crate) struct Counts {
    screens: Labels,
    segments: Labels,
    rows: Vec<Row>,
    here: Place,
    /// Row of `here`, looked up once a change of place.
    here_row: usize,
    losses: [u32; Loss::ALL.len()],
    /// Something was counted since the last `take_changed`.
    changed: bool,
}

impl Counts {
    pub(crate) fn new() -> Self {
        let here = Place::NOWHERE;
        let mut counts = Self {
            screens: Labels::new(MOST_SCREENS),
            segments: Labels::new(MOST_SEGMENTS),
            rows: Vec::with_capacity(8),
            here,
            here_row: 0,
            losses: [0; Loss::ALL.len()],
            changed: false,
        };
        counts.here_row = counts.row_at(here);
        counts
    }

    pub(crate) const fn here(&self) -> Place {
        self.here
    }

    pub(crate) fn screen_text(&self, place: Place) -> Option<&str> {
        self.screens.text(place.screen)
    }

    pub(crate) fn segment_text(&self, place: Place) -> Option<&str> {
        self.segments.text(place.segment)
    }

    pub(crate) fn set_screen(&mut self, name: &str) {
        self.here.screen = self.screens.id(name);
        self.here_row = self.row_at(self.here);
    }

    pub(crate) fn set_segment(&mut self, name: Option<&str>) {
        self.here.segment = name.map_or(LabelId::NONE, |name| self.segments.id(name));
        self.here_row = self.row_at(self.here);
    }

    /// The place with these labels.
    pub(crate) fn place(&mut self, screen: Option<&str>, segment: Option<&str>) -> Place {
        let screen = screen.map_or(LabelId::NONE, |name| self.screens.id(name));
        let segment = segment.map_or(LabelId::NONE, |name| self.segments.id(name));
        Place { screen, segment }
    }

    fn row_at(&mut self, place: Place) -> usize {
        if let Some(at) = self.rows.iter().position(|row| row.place == place) {
            return at;
        }
        if self.rows.len() >= MOST_ROWS {
            let lumped = Place { screen: LabelId::NONE, ..place };
            return self.rows.iter().position(|row| row.place == lumped).unwrap_or(0);
        }
        self.rows.push(Row::new(place));
        self.rows.len() - 1
    }

    /// Counts one where the person is now.
    pub(crate) fn count_here(&mut self, metric: Metric) {
        if let Some(row) = self.rows.get_mut(self.here_row) {
            row.add(metric, 1);
            self.changed = true;
        }
    }

    /// Counts `value` at a place of the past. Sessions, devices and losses have no screen.
    pub(crate) fn count(&mut self, metric: Metric, place: Place, value: u32) {
        self.changed = true;
        if let Metric::Losses(loss) = metric {
            if let Some(lost) = self.losses.get_mut(loss as usize) {
                *lost = lost.saturating_add(value);
            }
            return;
        }
        let place = if metric.has_screen() { place } else { Place { screen: LabelId::NONE, ..place } };
        let at = self.row_at(place);
        if let Some(row) = self.rows.get_mut(at) {
            row.add(metric, value);
        }
    }

    /// How many of a metric are in this window, over all places.
    pub(crate) fn total(&self, metric: Metric) -> u64 {
        self.rows.iter().map(|row| u64::from(row.get(metric))).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.points().next().is_none()
    }

    /// Every number that is not zero.
    pub(crate) fn points(&self) -> impl Iterator<Item = Point<'_>> {
        let placed = self.rows.iter().flat_map(move |row| {
            let segment = self.segments.text(row.place.segment);
            row.metrics().map(move |(metric, value)| {
                let screen = if metric.has_screen() { self.screens.text(row.place.screen) } else { None };
                Point { metric, screen, segment, value }
            })
        });
        let lost = Loss::ALL
            .iter()
            .zip(self.losses)
            .filter(|(_, value)| *value > 0)
            .map(|(loss, value)| Point { metric: Metric::Losses(*loss), screen: None, segment: None, value });
        placed.chain(lost)
    }

    /// Starts the next window, empty, at the same place.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        // The first row takes what has no room elsewhere: it must be nobody's place.
        self.row_at(Place::NOWHERE);
        self.here_row = self.row_at(self.here);
        self.losses = [0; Loss::ALL.len()];
    }

    /// Whether anything was counted since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kind;

    #[test]
    fn counts_come_back_as_points_and_survive_their_names() {
        let mut counts = Counts::new();
        counts.set_screen("Search");
        counts.set_segment(Some("vip"));
        let place = counts.here();
        counts.count_here(Metric::Opportunities(Kind::DeadTap));
        for row_metric in row::every_metric() {
            counts.count(row_metric, place, 2);
        }
        counts.count(Metric::Losses(Loss::TornFile), place, 3);
        let mut copy = Counts::new();
        for point in counts.points() {
            let metric = Metric::from_key(&point.metric.to_key()).unwrap();
            assert_eq!(metric, point.metric);
            let place = copy.place(point.screen, point.segment);
            copy.count(metric, place, point.value);
        }
        let sorted = |c: &Counts| {
            let mut all: Vec<_> = c.points().map(|p| format!("{p:?}")).collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&counts), sorted(&copy));
        assert_eq!(counts.total(Metric::Opportunities(Kind::DeadTap)), 3);
    }

    #[test]
    fn unknown_names_are_passed_over() {
        for key in [
            "",
            "failures",
            "failures/nothing/shown",
            "failures/error/maybe",
            "sessions/x",
            "latency/error/99",
            "answers/held_out/pulse/5",
            "questions/held_out",
        ] {
            assert_eq!(Metric::from_key(key), None, "{key}");
        }
    }

    #[test]
    fn places_are_bounded_and_nothing_is_lost_beyond() {
        let mut counts = Counts::new();
        for screen in 0..1_000 {
            counts.set_screen(&format!("s{screen}"));
            counts.count_here(Metric::Opportunities(Kind::DeadTap));
        }
        assert!(counts.rows.len() <= MOST_ROWS);
        assert_eq!(counts.total(Metric::Opportunities(Kind::DeadTap)), 1_000);
        counts.clear();
        assert!(counts.is_empty());
    }
}
