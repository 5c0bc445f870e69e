//! Today's counts by what tells them apart, cells of few devices hidden.

use serde::Serialize;

use super::few::{Touched, hidden};
use super::table::{Reading, Table, Value, column};

/// By what counts are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Release,
    Screen,
    Kind,
    Segment,
    Region,
}

impl By {
    pub(crate) const ALL: [Self; 5] = [Self::Release, Self::Screen, Self::Kind, Self::Segment, Self::Region];

    /// The table's name.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Release => "by-release",
            Self::Screen => "by-screen",
            Self::Kind => "by-kind",
            Self::Segment => "by-segment",
            Self::Region => "by-region",
        }
    }

    /// The heading of the names.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Release => "Release",
            Self::Screen => "Screen",
            Self::Kind => "Kind of failure",
            Self::Segment => "Segment",
            Self::Region => "Region",
        }
    }

    /// What a label that the app never gave is called.
    pub(crate) const fn unnamed(self) -> &'static str {
        match self {
            Self::Release => "No release named",
            Self::Screen => "No screen named",
            Self::Kind => "No kind",
            Self::Segment => "No segment named",
            Self::Region => "No region named",
        }
    }

    /// Whether devices are counted by it.
    pub(crate) const fn knows_devices(self) -> bool {
        matches!(self, Self::Release | Self::Segment | Self::Region)
    }
}

/// What was counted under one label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) failures: i64,
    pub(crate) apologies: i64,
    pub(crate) opportunities: i64,
    /// Devices that failed for the first time today; 0 where they are not told apart.
    pub(crate) devices: i64,
}

/// One line of a table as it may be shown: without numbers where it is of few devices.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Line {
    /// Empty where the app named none.
    pub(crate) name: String,
    pub(crate) failures: Option<i64>,
    pub(crate) apologies: Option<i64>,
    pub(crate) opportunities: Option<i64>,
    /// Failures for 1,000 opportunities; null without opportunities.
    pub(crate) per_1000: Option<f64>,
    /// Devices touched; null where they are not told apart.
    pub(crate) devices: Option<i64>,
    /// Whether the numbers are hidden.
    pub(crate) few_devices: bool,
    /// Set on the last line, when it stands for this many others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rest: Option<usize>,
}

/// Most failures first, then by name, what is hidden after that; beyond `most` the rest in one line. `all` is the number of
/// devices that the whole app touched, `least` the threshold.
pub(crate) fn lines<'n>(
    by: By,
    parts: impl Iterator<Item = (&'n str, Sums)>,
    all: i64,
    least: i64,
    most: usize,
) -> Vec<Line> {
    let parts: Vec<(&str, Sums)> = parts.collect();
    let touched = |sums: &Sums| {
        if by.knows_devices() {
            Touched { failures: sums.failures, devices: sums.devices }
        } else {
            Touched::at_most(sums.failures, all)
        }
    };
    let cells: Vec<Touched> = parts.iter().map(|(_, sums)| touched(sums)).collect();
    let mut marked: Vec<(bool, &str, Sums)> =
        hidden(&cells, least).into_iter().zip(parts).map(|(few, (name, sums))| (few, name, sums)).collect();
    // By name alone among the hidden ones: their order would say how many.
    let rank =
        |(few, _, sums): &(bool, &str, Sums)| if *few { (0, 0) } else { (sums.failures, sums.apologies) };
    marked.sort_by(|one, other| (one.0, rank(other), one.1).cmp(&(other.0, rank(one), other.1)));
    let cut = marked.split_off(marked.len().min(most));
    let mut lines: Vec<Line> =
        marked.into_iter().map(|(few, name, sums)| line(by, name, &sums, few)).collect();
    if !cut.is_empty() {
        let mut rest = Sums::default();
        for (_, _, sums) in &cut {
            rest.plus(sums);
        }
        let few = cut.iter().any(|(few, ..)| *few);
        lines.push(Line { rest: Some(cut.len()), ..line(by, "", &rest, few) });
    }
    lines
}

fn line(by: By, name: &str, sums: &Sums, few: bool) -> Line {
    let shown = |number: i64| (!few).then_some(number);
    Line {
        name: name.to_owned(),
        failures: shown(sums.failures),
        apologies: shown(sums.apologies),
        opportunities: shown(sums.opportunities),
        per_1000: if few { None } else { sums.per_1000() },
        devices: if by.knows_devices() { shown(sums.devices) } else { None },
        few_devices: few,
        rest: None,
    }
}

impl Sums {
    /// Adds another's.
    pub(crate) fn plus(&mut self, other: &Self) {
        self.failures = self.failures.saturating_add(other.failures);
        self.apologies = self.apologies.saturating_add(other.apologies);
        self.opportunities = self.opportunities.saturating_add(other.opportunities);
        self.devices = self.devices.saturating_add(other.devices);
    }

    /// Failures for 1,000 opportunities, to two digits; `None` without opportunities.
    #[allow(clippy::cast_precision_loss)] // a rate for people's eyes
    pub(crate) fn per_1000(&self) -> Option<f64> {
        (self.opportunities > 0)
            .then(|| (self.failures as f64 * 100_000.0 / self.opportunities as f64).round() / 100.0)
    }
}

/// The lines as a table for CSV and JSON, with the names as they were counted.
pub(crate) fn table(by: By, lines: &[Line]) -> Table {
    let rows = lines.iter().map(|line| {
        let count = |number: Option<i64>| match number {
            _ if line.few_devices => Value::Few,
            Some(number) => Value::Count(number),
            None => Value::Nothing,
        };
        vec![
            Value::Text(crate::count::labels::shown(&line.name).to_owned()),
            count(line.failures),
            count(line.apologies),
            count(line.opportunities),
            if line.few_devices { Value::Few } else { Value::number(line.per_1000) },
            if by.knows_devices() { count(line.devices) } else { Value::Nothing },
        ]
    });
    Table {
        name: by.table(),
        title: format!("Today by {}", by.title().to_lowercase()),
        summary: "Counted since midnight UTC.".to_owned(),
        columns: vec![
            column("name", by.title()),
            column("failures", "Failures"),
            column("apologies", "Said sorry"),
            column("opportunities", "Chances"),
            column("per_1000", "Per 1,000").read_as(Reading::Rate),
            column("devices", "Devices"),
        ],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(failures: i64, devices: i64) -> Sums {
        Sums { failures, apologies: 1, opportunities: 100, devices }
    }

    #[test]
    fn lines_are_sorted_and_the_tail_is_summed() {
        let names: Vec<String> = (0..40).map(|n| format!("screen {n:02}")).collect();
        let parts = names.iter().zip(0..).map(|(name, n)| (&**name, sums(n, 0)));
        let lines = lines(By::Screen, parts, 1_000, 1, 30);
        assert_eq!(lines.len(), 31);
        assert_eq!(lines.first().map(|line| (&*line.name, line.per_1000)), Some(("screen 39", Some(390.0))));
        assert_eq!(lines.last().map(|line| (line.rest, line.failures)), Some((Some(10), Some(45))));
    }

    #[test]
    fn few_devices_have_a_name_and_no_numbers() {
        let parts = [("b", sums(90, 2)), ("a", sums(8, 3)), ("c", sums(50, 40)), ("d", sums(0, 0))];
        let lines = lines(By::Release, parts.into_iter(), 45, 5, 30);
        let shown: Vec<_> = lines.iter().map(|line| (&*line.name, line.failures, line.few_devices)).collect();
        assert_eq!(
            shown,
            [("c", Some(50), false), ("d", Some(0), false), ("a", None, true), ("b", None, true)]
        );
        let csv = table(By::Release, &lines).csv();
        assert!(csv.contains("a,few devices,few devices,few devices,few devices,few devices"), "{csv}");
    }

    #[test]
    fn a_tail_with_hidden_lines_is_hidden() {
        let parts = [("a", sums(9, 9)), ("b", sums(3, 3)), ("c", sums(2, 2))];
        let lines = lines(By::Segment, parts.into_iter(), 14, 5, 1);
        assert_eq!(lines.last().map(|line| (line.rest, line.failures)), Some((Some(2), None)));
    }

    #[test]
    fn no_opportunity_no_rate() {
        assert_eq!(Sums { failures: 3, ..Sums::default() }.per_1000(), None);
    }
}
