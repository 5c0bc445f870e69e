//! The pages for people: written here, with the numbers in them; a little script keeps the first one up to date and draws.

mod attention;
mod files;
mod frame;
mod interval;
mod messages;
mod now;
mod releases;
mod sorry;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::tables::{DAYS, days};
use crate::api::{ApiError, NO_TURN, small_body, text};
use crate::count::labels::NONE;
use crate::server::Shared;
use crate::sight::{self, rate, table::Table};
use crate::store::{ReadError, Turn};
use crate::verdict;
pub(crate) use files::{charts, charts_css, css, follow, forms_css, icon, js, uplot, uplot_css};
use frame::{Apps, Page, frame};

/// How often we say sorry, now.
pub(crate) async fn now(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::parse(&query.unwrap_or_default());
    answer(shared, asked, |Scene { shared, turn, apps, minute, .. }| {
        let rate = match apps.chosen {
            Some(app) => Some(rate::read(&shared.store, turn, app, minute, rate::SHOWN)?),
            None => None,
        };
        let attention = match apps.chosen {
            Some(app) => attention::read(shared, turn, app, minute)?,
            None => attention::Attention::default(),
        };
        let needs_key = shared.keys.are_set();
        let given = now::Given { apps, rate: rate.as_ref(), attention: &attention, needs_key };
        Ok(frame(Page::Now, apps, &shared.live.look(apps.chosen, |view| now::main(&given, view))))
    })
    .await
}

/// The new release beside another.
pub(crate) async fn releases(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::parse(&query.unwrap_or_default());
    answer(shared, asked, |Scene { shared, turn, asked, apps, minute }| {
        let found = match apps.chosen {
            Some(app) => sight::releases::read(&shared.store, turn, app, minute)?,
            None => sight::releases::Releases::default(),
        };
        let named = |name: &Option<String>| name.as_ref().filter(|name| found.named(name).is_some()).cloned();
        let candidate =
            named(&asked.release).or_else(|| found.candidate().map(|release| release.name.clone()));
        let compared = match (apps.chosen, candidate) {
            (Some(app), Some(candidate)) => {
                let question = sight::releases::question(app, &candidate, named(&asked.control), minute);
                let ruling = verdict::rule(&shared.store, turn, &question)?;
                let control = ruling.control.clone().map(label).unwrap_or_default();
                let hour = minute.div_euclid(60);
                let is_few = found.is_few(&candidate, &control, shared.min_devices);
                let hours: Table = found.side_by_side(&candidate, &control, hour, shared.min_devices);
                Some(releases::Compared { ruling, hours, is_few })
            }
            _ => None,
        };
        let given = releases::Given {
            apps,
            releases: &found,
            compared: compared.as_ref(),
            least: shared.min_devices,
        };
        Ok(frame(Page::Releases, apps, &releases::main(&given)))
    })
    .await
}

/// Does saying sorry help?
pub(crate) async fn sorry(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::parse(&query.unwrap_or_default());
    answer(shared, asked, |Scene { shared, turn, apps, minute, .. }| {
        let (from, until) = days(minute, DAYS);
        let (aftermath, sentiment) = match apps.chosen {
            Some(app) => (
                sight::aftermath::read(&shared.store, turn, app, from, until)?,
                sight::sentiment::read(&shared.store, turn, app, from, until)?,
            ),
            None => Default::default(),
        };
        let given = sorry::Given {
            apps,
            aftermath: &aftermath,
            sentiment: &sentiment,
            least: shared.min_devices,
            days: DAYS,
        };
        Ok(frame(Page::Sorry, apps, &sorry::main(&given)))
    })
    .await
}

/// Any message as a phone shows it: by address, or by the form below it.
pub(crate) async fn messages(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    preview(&shared, query.unwrap_or_default().as_bytes())
}

/// The form of the messages.
pub(crate) async fn messages_form(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    match small_body::read(body, shared.patience.body).await {
        Ok(body) => preview(&shared, &body),
        Err(error) => error.answer(),
    }
}

fn preview(shared: &Shared, query: &[u8]) -> Response {
    let all = shared.live.apps();
    let chosen = Asked::parse(&String::from_utf8_lossy(query)).app(&all);
    let apps = Apps { chosen: chosen.as_deref(), all: &all };
    let now = u64::try_from(crate::live::now_s()).unwrap_or_default().saturating_mul(1_000);
    html(frame(Page::Messages, &apps, &messages::main(&messages::Asked::parse(query), &apps, now)))
}

/// What a page is made from: which app, and its present.
struct Scene<'a> {
    shared: &'a Shared,
    turn: &'a Turn,
    asked: &'a Asked,
    apps: &'a Apps<'a>,
    /// Since 1970.
    minute: i64,
}

/// Makes a page from the store, on a thread that may block.
async fn answer(
    shared: Arc<Shared>,
    asked: Asked,
    make: impl FnOnce(Scene<'_>) -> Result<String, ReadError> + Send + 'static,
) -> Response {
    let Some(turn) = shared.store.turn().await else { return NO_TURN.answer() };
    let task = tokio::task::spawn_blocking(move || {
        let all = shared.live.apps();
        let chosen = asked.app(&all);
        let apps = Apps { chosen: chosen.as_deref(), all: &all };
        let minute = shared.now_s(chosen.as_deref().unwrap_or_default()).div_euclid(60);
        make(Scene { shared: &shared, turn: &turn, asked: &asked, apps: &apps, minute })
    });
    match task.await {
        Ok(Ok(page)) => html(page),
        Ok(Err(error)) => ApiError::Store(error.to_string()).answer(),
        Err(_) => ApiError::Store("the reading thread failed".to_owned()).answer(),
    }
}

fn html(page: String) -> Response {
    text(StatusCode::OK, "text/html; charset=utf-8", page)
}

/// What the address of a page may say; anything else is nobody's business.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    app: Option<String>,
    release: Option<String>,
    control: Option<String>,
}

impl Asked {
    fn parse(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "app" => asked.app = Some(value.chars().take(128).collect()),
                "release" => asked.release = Some(label(value.into_owned())),
                "control" => asked.control = Some(label(value.into_owned())),
                _ => {}
            }
        }
        asked
    }

    /// The app that is asked for, or the first.
    fn app(&self, all: &[Arc<str>]) -> Option<String> {
        let asked = self.app.clone().filter(|app| !app.is_empty());
        asked.or_else(|| all.first().map(ToString::to_string))
    }
}

fn label(text: String) -> String {
    if text == NONE { String::new() } else { text }
}
