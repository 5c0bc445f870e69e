//! `GET /v1/tables/NAME.csv|json`: every table and chart of the page, for machines.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::counts_query::several;
use super::{ApiError, NO_TURN, text};
use crate::server::Shared;
use crate::sight::breakdown::{self, By};
use crate::sight::table::Table;
use crate::sight::{aftermath, rate, releases, sentiment};
use crate::store::{ReadError, Turn};
use crate::verdict;

/// The tables there are.
pub(crate) const NAMES: [&str; 10] = [
    "rate",
    "by-release",
    "by-screen",
    "by-kind",
    "by-segment",
    "by-region",
    "releases",
    "release-hours",
    "aftermath",
    "sentiment",
];
/// Days that aftermath and sentiment look back on.
pub(crate) const DAYS: i64 = 30;
const MOST_HOURS: i64 = 60 * 24;
const MOST_DAYS: i64 = 400;

/// What is asked.
struct Asked {
    app: String,
    release: Option<String>,
    control: Option<String>,
    hours: i64,
    days: i64,
}

/// Answers from the store, on a thread that may block.
pub(crate) async fn tables(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = async {
        let (name, is_csv) = match file.rsplit_once('.') {
            Some((name, "csv")) => (name.to_owned(), true),
            Some((name, "json")) => (name.to_owned(), false),
            _ => return Err(ApiError::parameter("table", "ends with neither .csv nor .json")),
        };
        let asked = Asked::parse(&query.unwrap_or_default(), &shared)?;
        let turn = shared.store.turn().await.ok_or(NO_TURN)?;
        let reader = Arc::clone(&shared);
        let table = tokio::task::spawn_blocking(move || read(&reader, &turn, &name, &asked))
            .await
            .map_err(|_| ApiError::Store("the reading thread failed".to_owned()))??;
        let (body, content_type) = if is_csv {
            (table.csv(), "text/csv; charset=utf-8; header=present")
        } else {
            (table.json(), "application/json")
        };
        Ok(text(StatusCode::OK, content_type, shared.room.hold(body)?))
    };
    answer.await.unwrap_or_else(|error: ApiError| error.answer())
}

impl Asked {
    fn parse(query: &str, shared: &Shared) -> Result<Self, ApiError> {
        let apps = shared.live.apps();
        let (mut app, mut release, mut control, mut hours, mut days) = (None, None, None, None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "app" => &mut app,
                "release" => &mut release,
                "control" => &mut control,
                "hours" => &mut hours,
                "days" => &mut days,
                other => {
                    let known = "unknown; there are app, release, control, hours and days";
                    return Err(ApiError::parameter(other, known));
                }
            };
            if place.replace(value.into_owned()).is_some() {
                return Err(ApiError::parameter(&name, "stands twice"));
            }
        }
        let app = match (app, &*apps) {
            (Some(app), _) if !app.is_empty() => app,
            (Some(_), _) => return Err(ApiError::parameter("app", "is empty")),
            (None, [only]) => only.to_string(),
            (None, []) => return Err(ApiError::parameter("app", "is missing, and no app has counted yet")),
            (None, _) => return Err(ApiError::parameter("app", several(&apps))),
        };
        Ok(Self {
            app,
            release: release.map(label),
            control: control.map(label),
            hours: number("hours", hours, MOST_HOURS)?.unwrap_or(rate::SHOWN),
            days: number("days", days, MOST_DAYS)?.unwrap_or(DAYS),
        })
    }
}

fn label(text: String) -> String {
    if text == crate::count::labels::NONE { String::new() } else { text }
}

fn number(name: &str, text: Option<String>, most: i64) -> Result<Option<i64>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let number = text.parse::<i64>().ok().filter(|number| (1..=most).contains(number));
    number.map(Some).ok_or_else(|| ApiError::parameter(name, format!("is no whole number from 1 to {most}")))
}

fn read(shared: &Shared, turn: &Turn, name: &str, asked: &Asked) -> Result<Table, ApiError> {
    if let Some(by) = By::ALL.into_iter().find(|by| by.table() == name) {
        return Ok(breakdown::table(by, &shared.live.day_lines(&asked.app, by)));
    }
    let minute = shared.now_s(&asked.app).div_euclid(60);
    let least = shared.min_devices;
    let (store, app) = (&shared.store, &*asked.app);
    let (from, until) = days(minute, asked.days);
    let found = match name {
        "rate" => rate::read(store, turn, app, minute, asked.hours).map(|rate| rate.table()),
        "releases" => releases::read(store, turn, app, minute).map(|releases| releases.table(least)),
        "release-hours" => release_hours(shared, turn, asked, minute),
        "aftermath" => aftermath::read(store, turn, app, from, until).map(|found| found.table(least)),
        "sentiment" => sentiment::read(store, turn, app, from, until).map(|found| found.table(least)),
        _ => return Err(ApiError::parameter("table", format!("unknown; there are {}", NAMES.join(", ")))),
    };
    found.map_err(|error| ApiError::Store(error.to_string()))
}

/// The hours of the last `days` days, from the first to before the last; an hour ahead counts: clocks differ.
pub(crate) const fn days(now_minute: i64, days: i64) -> (i64, i64) {
    let running = now_minute.div_euclid(60);
    (running - days * 24 + 1, running + 2)
}

fn release_hours(shared: &Shared, turn: &Turn, asked: &Asked, minute: i64) -> Result<Table, ReadError> {
    let releases = releases::read(&shared.store, turn, &asked.app, minute)?;
    let newest = || releases.candidate().map(|release| release.name.clone()).unwrap_or_default();
    let candidate = asked.release.clone().unwrap_or_else(newest);
    let question = releases::question(&asked.app, &candidate, asked.control.clone(), minute);
    let control = verdict::rule(&shared.store, turn, &question)?.control.map(label).unwrap_or_default();
    Ok(releases.side_by_side(&candidate, &control, minute.div_euclid(60), shared.min_devices))
}
