//! What people answered to the one question: after an apology, after a make-good, and now and then without either.

use std::collections::BTreeMap;

use super::difference::{Share, difference};
use super::table::{Reading, Table, Value, column};
use std::fmt::Write;

use super::words::{percent, points};
use crate::count::observation::cell_of;
use crate::count::scale::sum_of_answers;
use crate::count::vocabulary::{Arm, Asked, Metric};
use crate::store::{ReadError, Scan, Store, Turn};

/// Answers from 1 (worst) to 5 (best).
pub(crate) const ANSWERS: usize = 5;
/// Fewer answers than these on either side are not compared.
const LEAST: i64 = 30;

/// The answers of one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) each: [i64; ANSWERS],
    /// Questions that were shown.
    pub(crate) asked: i64,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sentiment(pub(crate) BTreeMap<(Asked, Arm), Answers>);

impl Answers {
    pub(crate) fn count(&self) -> i64 {
        self.each.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// `None` without answers.
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| sum_of_answers(self.each) as f64 / count as f64)
    }

    /// Who answered 4 or 5, of all.
    pub(crate) fn content(&self) -> Share {
        let [.., four, five] = self.each;
        Share { of: self.count(), have: four.saturating_add(five) }
    }
}

/// Reads an app's hours from `from` to before `until`. Blocks.
pub(crate) fn read(
    store: &Store,
    turn: &Turn,
    app: &str,
    from: i64,
    until: i64,
) -> Result<Sentiment, ReadError> {
    let metrics: &[Metric] = &[Metric::Feedback, Metric::Questions];
    let scan = Scan { app: app.to_owned(), metrics, from, until, ..Scan::default() };
    let mut found = Sentiment::default();
    store.scan_hours(turn, &scan, &mut |_, row, value| found.add(row.metric, &row.facet, value))?;
    Ok(found)
}

impl Sentiment {
    fn add(&mut self, metric: Metric, facet: &str, value: i64) {
        let mut words = facet.split('/');
        let arm = words.next().and_then(Arm::from_word);
        let asked = words.next().and_then(Asked::from_word);
        let (Some(arm), Some(asked)) = (arm, asked) else { return };
        let answers = self.0.entry((asked, arm)).or_default();
        if metric == Metric::Questions {
            answers.asked = answers.asked.saturating_add(value);
            return;
        }
        let bucket =
            cell_of(facet).strip_prefix("bucket_").and_then(|position| position.parse::<usize>().ok());
        if let Some(count) = bucket.and_then(|position| answers.each.get_mut(position)) {
            *count = count.saturating_add(value);
        }
    }

    /// The answers on an occasion, of one arm or of both.
    fn of(&self, asked: Asked, arm: Option<Arm>) -> Answers {
        let mut sum = Answers::default();
        let wanted = |(found, of): &(Asked, Arm)| *found == asked && arm.is_none_or(|arm| arm == *of);
        for (_, answers) in self.0.iter().filter(|(key, _)| wanted(key)) {
            for (count, more) in sum.each.iter_mut().zip(answers.each) {
                *count = count.saturating_add(more);
            }
            sum.asked = sum.asked.saturating_add(answers.asked);
        }
        sum
    }

    /// How content people are right after an apology, beside any other time, and beside those who were not told. Fewer
    /// answers than `least` are not spoken of.
    pub(crate) fn sentence(&self, least: i64) -> String {
        let spoken =
            |answers: Answers| answers.content().wilson().filter(|_| answers.count() >= least.max(1));
        let told = self.of(Asked::AfterApology, Some(Arm::Apologised));
        let silent = self.of(Asked::AfterApology, Some(Arm::HeldOut));
        let other = self.of(Asked::Pulse, None);
        if told.count() + silent.count() + other.count() == 0 {
            return "Nobody was asked yet. One question in 14 days at most goes to anybody.".to_owned();
        }
        let Some(after) = spoken(told) else {
            return "Too few answers after an apology to say anything.".to_owned();
        };
        let mut text = format!("Right after an apology {} are content (4 or 5 of 5)", percent(after.value));
        for (answers, who) in
            [(other, "at any other time"), (silent, "of those who failed and were not told")]
        {
            let Some(share) = spoken(answers) else { continue };
            // Writing to a String cannot fail; so below.
            let _ = write!(text, "; {who} {}", percent(share.value));
            match difference(told.content(), answers.content()) {
                Some(found) if told.count().min(answers.count()) >= LEAST => {
                    let (low, high) = (points(found.low), points(found.high));
                    let _ = write!(text, " ({} points, between {low} and {high})", points(found.value));
                }
                _ => {
                    let _ = write!(text, " (can't tell yet: it takes {LEAST} answers of each)");
                }
            }
        }
        text.push('.');
        text
    }

    /// A row for each arm and occasion; rows of fewer answers than `least` are hidden.
    pub(crate) fn table(&self, least: i64) -> Table {
        let rows = self.0.iter().map(|((asked, arm), answers)| {
            let few = least > 1 && answers.count() > 0 && answers.count() < least;
            let count = |count: i64| if few { Value::Few } else { Value::Count(count) };
            let mut row = vec![Value::Text(asked.word().to_owned()), Value::Text(arm.word().to_owned())];
            row.extend(answers.each.map(count));
            row.push(count(answers.count()));
            row.push(if few { Value::Few } else { Value::number(answers.mean()) });
            row.push(Value::Count(answers.asked));
            row
        });
        Table {
            name: "sentiment",
            title: "How people feel".to_owned(),
            summary: self.sentence(least),
            columns: vec![
                column("asked", "When"),
                column("arm", "Arm"),
                column("answer_1", "1"),
                column("answer_2", "2"),
                column("answer_3", "3"),
                column("answer_4", "4"),
                column("answer_5", "5"),
                column("answers", "Answers"),
                column("mean", "Mean").read_as(Reading::Rate),
                column("questions", "Asked"),
            ],
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(after: [i64; 5], pulse: [i64; 5]) -> Sentiment {
        let mut sentiment = Sentiment::default();
        for (words, each) in [("apologised/after_apology", after), ("held_out/pulse", pulse)] {
            for (position, count) in each.into_iter().enumerate() {
                sentiment.add(Metric::Feedback, &format!("{words}/bucket_{position:02}"), count);
            }
            sentiment.add(Metric::Questions, words, 100);
        }
        sentiment
    }

    #[test]
    fn answers_go_to_their_bucket_and_mean() {
        let sentiment = filled([1, 0, 0, 2, 1], [0; 5]);
        let answers = sentiment.0[&(Asked::AfterApology, Arm::Apologised)];
        assert_eq!((answers.each, answers.asked), ([1, 0, 0, 2, 1], 100));
        assert_eq!(answers.mean(), Some(3.5));
        assert_eq!(answers.content(), Share { of: 4, have: 3 });
        let csv = sentiment.table(5).csv();
        assert!(csv.contains("after_apology,apologised,few devices"), "{csv}");
        assert!(csv.contains("pulse,held_out,0,0,0,0,0,0,,100"), "{csv}");
    }

    #[test]
    fn it_compares_only_enough_answers() {
        assert!(Sentiment::default().sentence(1).starts_with("Nobody was asked yet"));
        assert!(filled([1, 0, 0, 2, 1], [9; 5]).sentence(1).contains("can't tell yet"));
        assert!(filled([1, 0, 0, 2, 1], [9; 5]).sentence(5).starts_with("Too few answers"));
        let mut sentiment = filled([10, 10, 10, 30, 40], [5, 5, 10, 40, 40]);
        let said = sentiment.sentence(5);
        let start = "Right after an apology 70 % are content (4 or 5 of 5); at any other time 80 % (−10.0 points, between −";
        assert!(said.starts_with(start) && !said.contains("not told"), "{said}");
        sentiment.add(Metric::Feedback, "held_out/after_apology/bucket_00", 40);
        assert!(
            sentiment.sentence(5).contains("; of those who failed and were not told 0.0 % (+70.0 points")
        );
    }
}
