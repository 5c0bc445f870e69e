//! The alerts of a running canary: looks at the counts, writes down what that changes, and hands on what is to be told.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use super::book::{Book, BookError, Delivery, Queued, Waiting};
use super::counts::Counts;
use super::definition::Alert;
use super::evaluator::{Evaluator, Look};
use super::notice::Notice;
use super::outputs::{Courier, Output, Pace};
use super::silence::{self, Silence};
use super::standing::{News, Phase, Standing};

/// What is watched, and who is told.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) alerts: Vec<Alert>,
    pub(crate) outputs: Vec<Output>,
    /// Those of the configuration.
    pub(crate) silences: Vec<Silence>,
    /// Where the page is, for links.
    pub(crate) public_url: Option<String>,
    /// Minutes before now that are not judged yet.
    pub(crate) settle_min: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            alerts: vec![Alert::standard()],
            outputs: Vec::new(),
            silences: Vec::new(),
            public_url: None,
            settle_min: 1,
        }
    }
}

/// Why the alerts did not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AlertsError {
    #[error("{0}")]
    Book(#[from] BookError),
    #[error("cannot start a thread for an output: {0}")]
    Thread(std::io::Error),
}

/// Why a silence is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SilenceError {
    #[error("there are {} silences already; delete some", silence::MOST)]
    TooMany,
    #[error("{0}")]
    Book(#[from] BookError),
}

/// When was looked last, and what went wrong.
#[derive(Debug, Clone, Default)]
pub(crate) struct Status {
    /// Unix seconds.
    pub(crate) looked_s: Option<i64>,
    pub(crate) error: Option<String>,
}

/// See the module.
pub(crate) struct Alerts {
    settings: Settings,
    evaluator: Mutex<Evaluator>,
    book: Arc<Book>,
    couriers: Mutex<Vec<Courier>>,
    /// Those that were asked for; those of the configuration are in the settings.
    silences: Mutex<Vec<Silence>>,
    status: Mutex<Status>,
}

impl Alerts {
    /// Opens the book in `dir` and starts to deliver what waits in it. Fewer events than `few` are never told.
    pub(crate) fn start(dir: &Path, settings: &Settings, few: i64, pace: Pace) -> Result<Self, AlertsError> {
        let book = Arc::new(Book::open(dir)?);
        let evaluator = Evaluator::new(settings.alerts.clone(), settings.settle_min, few, book.standings()?);
        let silences = book.silences()?;
        let names: Vec<&str> = settings.outputs.iter().map(|output| &*output.name).collect();
        book.give_up_others(&names)?;
        let couriers = settings
            .outputs
            .iter()
            .map(|output| Courier::start(output.clone(), Arc::clone(&book), pace))
            .collect::<Result<_, _>>()
            .map_err(AlertsError::Thread)?;
        Ok(Self {
            settings: settings.clone(),
            evaluator: Mutex::new(evaluator),
            book,
            couriers: Mutex::new(couriers),
            silences: Mutex::new(silences),
            status: Mutex::new(Status::default()),
        })
    }

    /// Looks at these apps, each with its own present in Unix seconds; `wall_ms` is that of messages. Blocks.
    pub(crate) fn look(&self, counts: &dyn Counts, apps: &[(Arc<str>, i64)], wall_ms: i64) {
        let mut evaluator = self.evaluator.lock();
        let silences = self.all_silences();
        let now_s = wall_ms.div_euclid(1_000);
        let mut status = Status { looked_s: Some(now_s), error: None };
        let before = standings(&evaluator);
        let look = evaluator.tidy(apps.iter().map(|(_, now)| *now).max().unwrap_or(now_s));
        self.write(&mut evaluator, before, &look, now_s, wall_ms, &mut status);
        for (app, app_now_s) in apps {
            let before = standings(&evaluator);
            match evaluator.look(counts, app, &silences, *app_now_s) {
                Ok(look) => self.write(&mut evaluator, before, &look, *app_now_s, wall_ms, &mut status),
                Err(error) => {
                    evaluator.restore(before);
                    status.error = Some(error.to_string());
                }
            }
        }
        *self.status.lock() = status;
    }

    /// Writes a look down with its messages, or takes it back, so that the next look decides the same again.
    fn write(
        &self,
        evaluator: &mut Evaluator,
        before: Vec<Standing>,
        look: &Look,
        now_s: i64,
        wall_ms: i64,
        status: &mut Status,
    ) {
        let url = self.settings.public_url.as_deref();
        let told = |news: News, standing: &Standing| {
            Notice::new(news, standing, evaluator.alert(&standing.alert), url, now_s)
        };
        let news = look.news.iter().map(|(news, standing)| (told(*news, standing), true));
        // Who is told at each look hears of those that go on, too.
        let app = look.app.as_deref();
        let still = evaluator.standings().filter(|standing| {
            app == Some(&*standing.app)
                && standing.phase == Phase::Firing
                && standing.told_s.is_some()
                && !standing.silenced
        });
        let still = still.map(|standing| (told(News::Repeated, standing), false));
        let notices: Vec<(Notice, bool)> = news.chain(still).collect();
        let mut queued = Vec::new();
        for (notice, is_news) in &notices {
            for output in &self.settings.outputs {
                let refreshed = output.to.is_refreshed();
                if notice.standing.to.contains(&output.name) && (*is_news || refreshed) {
                    let slot = if refreshed { &notice.standing.fingerprint } else { &notice.id };
                    queued.push(Queued { output: output.name.clone(), slot: slot.clone(), notice });
                }
            }
        }
        if let Err(error) = self.book.write(look, &queued, wall_ms) {
            status.error = Some(error.public());
            evaluator.restore(before);
        }
    }

    /// Minutes before now that are not judged yet.
    pub(crate) fn settle_min(&self) -> i64 {
        self.settings.settle_min
    }

    /// How everything stands.
    pub(crate) fn standings(&self) -> Vec<Standing> {
        standings(&self.evaluator.lock())
    }

    pub(crate) fn status(&self) -> Status {
        self.status.lock().clone()
    }

    /// What is watched, by name.
    pub(crate) fn alert(&self, name: &str) -> Option<Alert> {
        self.settings.alerts.iter().find(|alert| alert.name == name).cloned()
    }

    /// What an alert says now.
    pub(crate) fn notice(&self, standing: &Standing, now_s: i64) -> Notice {
        let news = if standing.phase == Phase::Resolved { News::Resolved } else { News::Firing };
        let url = self.settings.public_url.as_deref();
        Notice::new(news, standing, self.alert(&standing.alert).as_ref(), url, now_s)
    }

    /// Each output with what waits for it.
    pub(crate) fn outputs(&self) -> Result<Vec<(&Output, Waiting)>, BookError> {
        self.settings.outputs.iter().map(|output| Ok((output, self.book.waiting(&output.name)?))).collect()
    }

    /// Messages that were given up, newest first.
    pub(crate) fn dead_letters(&self) -> Result<Vec<Delivery>, BookError> {
        self.book.dead()
    }

    /// Queues one of them again; false if there is none of this id, or nobody who would deliver it.
    pub(crate) fn retry(&self, id: i64, now_ms: i64) -> Result<bool, BookError> {
        let Some(to) = self.book.dead_output(id)? else { return Ok(false) };
        if !self.settings.outputs.iter().any(|output| output.name == to) {
            return Ok(false);
        }
        self.book.retry(id, now_ms)
    }

    /// Those of the configuration, and those that were asked for.
    pub(crate) fn all_silences(&self) -> Vec<Silence> {
        self.settings.silences.iter().chain(&*self.silences.lock()).cloned().collect()
    }

    /// Holds back what it covers from the next look on; those that are over go.
    pub(crate) fn silence(&self, silence: Silence, now_s: i64) -> Result<(), SilenceError> {
        let mut silences = self.silences.lock();
        for old in silences.iter().filter(|old| old.until_s <= now_s) {
            self.book.delete_silence(&old.id)?;
        }
        silences.retain(|old| old.until_s > now_s);
        if silences.len() >= silence::MOST {
            return Err(SilenceError::TooMany);
        }
        self.book.put_silence(&silence)?;
        silences.push(silence);
        Ok(())
    }

    /// Ends a silence; false if none that was asked for has this id.
    pub(crate) fn unsilence(&self, id: &str) -> Result<bool, BookError> {
        let mut silences = self.silences.lock();
        let found = silences.iter().any(|silence| silence.id == id);
        if found {
            self.book.delete_silence(id)?;
            silences.retain(|silence| silence.id != id);
        }
        Ok(found)
    }

    /// Stops delivering; what waits is delivered after the next start. Blocks for the attempts under way.
    pub(crate) fn stop(&self) {
        let mut couriers = self.couriers.lock();
        couriers.iter().for_each(Courier::ask_to_stop);
        couriers.iter_mut().for_each(Courier::join);
    }
}

fn standings(evaluator: &Evaluator) -> Vec<Standing> {
    evaluator.standings().cloned().collect()
}
