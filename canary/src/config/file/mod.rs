//! The configuration file: TOML, checked as a whole before anything starts.
//!
//! Every problem is reported with line and column and what to do, not the first alone; a key that is not known is one.

mod alert;
mod output;
mod problem;
mod serve;
mod table;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::de::DeTable;

pub use problem::{Problem, Problems};
use serve::serve;
use table::{Source, Table, suggestion};

use super::Config;
use crate::alerts::definition::Alert;
use crate::alerts::service::Settings;
use crate::alerts::silence::{self, Silence};

/// A larger file is a mistake.
const MOST_BYTES: u64 = 1 << 20;

/// What a configuration file said; what it left out has its default.
#[derive(Debug, Clone)]
pub struct FileConfig {
    /// Settings of `serve`, each as far as it was given.
    pub serve: ServeKeys,
    alerts: Settings,
}

pub use serve::ServeKeys;

impl FileConfig {
    /// Reads a file; `env` looks up environment variables for `${NAME}`.
    ///
    /// # Errors
    /// Every problem with its place.
    pub fn read(path: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let whole = |message: String| Problems {
            path: path.to_owned(),
            problems: vec![Problem { line: 0, column: 0, message }],
        };
        let cannot = |error| whole(format!("cannot be read ({error}); check --config"));
        // First, for to open a pipe waits for its other end.
        if !std::fs::metadata(path).map_err(cannot)?.is_file() {
            return Err(whole("is no regular file; check --config".to_owned()));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(cannot)?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(cannot)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(whole(format!("is too long; at most {MOST_BYTES} bytes are read")));
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| whole(format!("cannot be read ({error}); it has to be text in UTF-8")))?;
        Self::parse(&text, env).map_err(|problems| Problems { path: path.to_owned(), problems })
    }

    /// The same from text.
    ///
    /// # Errors
    /// Every problem with its place.
    pub fn parse(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Problem>> {
        let source = Source::new(text, env);
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            source.report(&error.span().unwrap_or(0..0), error.message().replace('\n', " "));
        }
        // What could be read of a broken file may be in the wrong place.
        if !errors.is_empty() {
            return Err(source.problems());
        }
        let root = Table::new(&source, document.get_ref(), 0..0);
        let serve = serve(&root);
        let public_url = root.text("public_url");
        if let Some(url) = &public_url {
            output::check_url(&root, url, "public_url");
        }
        let settle_s = root.duration("settle", 0..=900).unwrap_or(60);
        let (outputs, names) = output::outputs(&root, public_url.as_ref().map(|url| &*url.value));
        let mut alerts = alert::alerts(&root, &names);
        if alerts.is_empty() && !document.get_ref().contains_key("alert") {
            alerts.push(Alert { to: names, ..Alert::standard() });
        }
        let silences = silences(&root, &alerts);
        root.finish();
        drop(root);
        let problems = source.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let alerts = Settings {
            alerts,
            outputs,
            silences,
            public_url: public_url.map(|url| url.value),
            settle_min: settle_s / 60,
        };
        Ok(Self { serve, alerts })
    }

    /// Takes over what is watched and who is told.
    pub fn set_alerts(&self, config: &mut Config) {
        config.alerts = self.alerts.clone();
    }

    pub(crate) fn alerts(&self) -> &Settings {
        &self.alerts
    }

    /// One line on what it configures.
    #[must_use]
    pub fn summary(&self) -> String {
        let count =
            |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        let Settings { alerts, outputs, silences, .. } = &self.alerts;
        format!(
            "{}, {}, {}",
            count(alerts.len(), "alert"),
            count(outputs.len(), "output"),
            count(silences.len(), "silence")
        )
    }
}

/// `[[silence]]`.
fn silences(root: &Table<'_>, alerts: &[Alert]) -> Vec<Silence> {
    let mut silences = Vec::new();
    let tables = root.tables("silence");
    if let Some(table) = tables.get(silence::MOST) {
        root.report(&table.at, format!("there are more than {} silences", silence::MOST));
    }
    for table in tables.into_iter().take(silence::MOST) {
        let mut matchers = Vec::new();
        match table.table("match") {
            Some(pairs) => {
                for (name, value) in pairs.pairs() {
                    let known = Silence::NAMES;
                    if !known.contains(&&*name.value) {
                        let like = suggestion(&name.value, known.iter().copied());
                        table.report(&name.at, format!("match names one of {}{like}", known.join(", ")));
                    }
                    if name.value == "alert" && !alerts.iter().any(|alert| alert.name == value.value) {
                        let like = suggestion(&value.value, alerts.iter().map(|alert| &*alert.name));
                        table.report(&value.at, format!("no alert has this name{like}"));
                    }
                    matchers.push((name.value, value.value));
                }
                if matchers.is_empty() {
                    table.report(&pairs.at, "match is empty; name what is to be silent");
                }
            }
            None => table.missing("match", "{ alert = \"NAME\" }"),
        }
        let comment = table.text("comment").map_or_else(String::new, |text| text.value);
        let until = table.time("until");
        if until.is_none() {
            table.missing("until", "2026-11-22T18:00:00Z");
        }
        table.finish();
        if let Some(until_s) = until {
            silences.push(Silence { id: String::new(), matchers, from_s: 0, until_s, comment });
        }
    }
    silences
}

#[cfg(test)]
mod tests;
