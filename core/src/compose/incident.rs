//! What is known to be broken. Only while one of these matches does anyone say "we know".

use std::collections::BTreeMap;

use serde::Deserialize;

use super::About;
use super::document::{DocumentError, check_kind, check_url};
use super::rule::APOLOGY_FIELDS;
use super::template::Field;
use super::texts::Texts;
use super::time::unix_ms;

const LONGEST_ID: usize = 64;
/// The most entries of a list of screens, segments or releases.
const MOST_PLACES: usize = 64;

/// How far it is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Investigating,
    Identified,
    Monitoring,
    Resolved,
}

impl State {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
        }
    }
}

/// An incident as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIncident {
    id: String,
    state: State,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    screens: Vec<String>,
    #[serde(default)]
    segments: Vec<String>,
    #[serde(default)]
    releases: Vec<String>,
    since: Option<String>,
    eta: Option<String>,
    #[serde(default)]
    say: BTreeMap<String, String>,
    #[serde(default)]
    workaround: BTreeMap<String, String>,
    status_url: Option<String>,
}

/// An incident, checked and compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Incident {
    pub(crate) state: State,
    kinds: Vec<String>,
    screens: Vec<String>,
    segments: Vec<String>,
    releases: Vec<String>,
    since_ms: Option<u64>,
    eta_ms: Option<u64>,
    pub(crate) say: Texts,
    pub(crate) workaround: Texts,
    pub(crate) status_url: Option<String>,
}

impl Incident {
    /// `at`: where in the document, for the error.
    pub(crate) fn check(at: &str, raw: RawIncident) -> Result<Self, DocumentError> {
        if raw.id.trim().is_empty() || raw.id.chars().count() > LONGEST_ID {
            return Err(DocumentError::value(&format!("{at}.id"), "must be 1 to 64 characters long"));
        }
        for (index, kind) in raw.kinds.iter().enumerate() {
            check_kind(&format!("{at}.kinds[{index}]"), kind)?;
        }
        let lists = [
            ("kinds", &raw.kinds),
            ("screens", &raw.screens),
            ("segments", &raw.segments),
            ("releases", &raw.releases),
        ];
        for (name, list) in lists {
            if list.len() > MOST_PLACES {
                return Err(DocumentError::too_many(&format!("{at}.{name}"), "entries", MOST_PLACES));
            }
        }
        if let Some(url) = &raw.status_url {
            check_url(&format!("{at}.status_url"), url)?;
        }
        Ok(Self {
            state: raw.state,
            since_ms: time(&format!("{at}.since"), raw.since.as_deref())?,
            eta_ms: time(&format!("{at}.eta"), raw.eta.as_deref())?,
            say: Texts::parse(&format!("{at}.say"), &raw.say, APOLOGY_FIELDS)?,
            workaround: Texts::parse(
                &format!("{at}.workaround"),
                &raw.workaround,
                &[Field::Name, Field::Operation],
            )?,
            kinds: raw.kinds,
            screens: raw.screens,
            segments: raw.segments,
            releases: raw.releases,
            status_url: raw.status_url,
        })
    }

    /// An empty list has everything in it; what is resolved explains no failure of now.
    pub(crate) fn matches(&self, about: &About<'_>) -> bool {
        let has = |list: &[String], found: Option<&str>| {
            list.is_empty() || found.is_some_and(|found| list.iter().any(|entry| entry == found))
        };
        self.state != State::Resolved
            && has(&self.kinds, Some(about.kind.as_str()))
            && has(&self.screens, about.screen)
            && has(&self.segments, about.segment)
            && has(&self.releases, Some(about.release))
    }

    /// Whole minutes since it began, rounded down: never more than is true. At least 1.
    pub(crate) fn since_minutes(&self, now_unix_ms: u64) -> Option<u64> {
        let ago = now_unix_ms.checked_sub(self.since_ms?)?;
        Some((ago / 60_000).max(1))
    }

    /// Whole minutes until it should work, rounded up. `None` once that time has come.
    pub(crate) fn eta_minutes(&self, now_unix_ms: u64) -> Option<u64> {
        let ahead = self.eta_ms?.checked_sub(now_unix_ms)?;
        (ahead > 0).then(|| ahead.div_ceil(60_000))
    }
}

fn time(at: &str, written: Option<&str>) -> Result<Option<u64>, DocumentError> {
    let Some(written) = written else { return Ok(None) };
    let ms = unix_ms(written);
    ms.map(Some)
        .ok_or_else(|| DocumentError::value(at, "is no RFC 3339 time: write one like 2026-11-22T14:05:00Z"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{about, document, rejected};
    use super::*;
    use crate::kinds::Kind;

    fn incident(fields: &str) -> Incident {
        let json =
            format!(r#"{{"version": 1, "incidents": [{{"id": "a", "state": "identified"{fields}}}]}}"#);
        document(&json).incidents.remove(0)
    }

    fn error(incident: &str) -> String {
        rejected(&format!(r#"{{"version": 1, "incidents": [{incident}]}}"#))
    }

    #[test]
    fn an_empty_list_has_everything_in_it() {
        let here =
            About { screen: Some("Checkout"), segment: Some("vip"), release: "2", ..about(Kind::Error) };
        for (fields, expected) in [
            ("", true),
            (r#", "kinds": ["error"]"#, true),
            (r#", "kinds": ["hang", "rage_tap"]"#, false),
            (r#", "screens": ["Home", "Checkout"]"#, true),
            (r#", "screens": ["Home"]"#, false),
            (r#", "segments": ["vip"], "releases": ["1", "2"]"#, true),
            (r#", "releases": ["1"]"#, false),
        ] {
            assert_eq!(incident(fields).matches(&here), expected, "{fields}");
        }
        assert!(!incident(r#", "screens": ["Home"]"#).matches(&about(Kind::Error)));
        let resolved = Incident { state: State::Resolved, ..incident("") };
        assert!(!resolved.matches(&here));
    }

    #[test]
    fn minutes() {
        let incident = incident(r#", "since": "1970-01-01T01:00:00Z", "eta": "1970-01-01T02:00:00Z""#);
        for (now, since, eta) in [
            (0, None, Some(120)),
            (3_600_000, Some(1), Some(60)),
            (3_600_000 + 119_999, Some(1), Some(59)),
            (7_200_000 - 1, Some(59), Some(1)),
            (7_200_000, Some(60), None),
            (u64::MAX, Some((u64::MAX - 3_600_000) / 60_000), None),
        ] {
            assert_eq!((incident.since_minutes(now), incident.eta_minutes(now)), (since, eta), "{now}");
        }
    }

    #[test]
    fn mistakes_say_where() {
        for (fields, expected) in [
            (r#""id": """#, "incidents[0].id: "),
            (r#""kinds": ["error", "x"], "id": "a""#, "incidents[0].kinds[1]: `x`"),
            (r#""id": "a", "since": "yesterday""#, "incidents[0].since: is no RFC 3339 time"),
            (r#""id": "a", "eta": "2026-02-30T00:00:00Z""#, "incidents[0].eta: "),
            (r#""id": "a", "status_url": "https://""#, "incidents[0].status_url: "),
            (r#""id": "a", "workaround": {"en": "{workaround}"}"#, "incidents[0].workaround.en: "),
            (r#""id": "a", "say": {"en": "{"}"#, "incidents[0].say.en: "),
            (r#""x": 1"#, "unknown field `x`"),
        ] {
            let error = error(&format!(r#"{{"state": "identified", {fields}}}"#));
            assert!(error.contains(expected), "{fields}: {error}");
        }
        assert!(error(r#"{"id": "a", "state": "fixed"}"#).contains("unknown variant `fixed`"));
    }

    #[test]
    fn bounds() {
        let whole = |id: usize, screens: usize| {
            let (id, screens) = ("ä".repeat(id), vec![r#""a""#; screens].join(","));
            format!(r#"{{"id": "{id}", "state": "identified", "screens": [{screens}]}}"#)
        };
        let most = format!(r#"{{"version": 1, "incidents": [{}]}}"#, whole(64, 64));
        assert_eq!(document(&most).incidents.len(), 1);
        assert!(error(&whole(65, 64)).contains("incidents[0].id: must be 1 to 64 characters"));
        assert!(error(&whole(64, 65)).contains("incidents[0].screens: at most 64 entries"));
    }
}
