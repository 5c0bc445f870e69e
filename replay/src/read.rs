//! Sessions from a file, in whatever form they were recorded.

use crate::session::Session;
use crate::vector::{Vector, VectorFile};
use amends_core::Timed;
use serde_json::Value;

/// Why a file is not read: where in it, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it.
    #[error("it is empty: write a session, {{\"events\": [{{\"at_ms\": 0, \"event\": \"foreground\"}}]}}")]
    Empty,
    /// It is none of the forms.
    #[error(
        "it is neither a session ({{\"events\": […]}}), nor a list of timed events, nor lines of timed events, nor a \
         file of vectors"
    )]
    Form,
    /// A mistake in one of them, with its line.
    #[error("{what}: {error}")]
    Json {
        /// What was being read.
        what: &'static str,
        /// The mistake, with line and column.
        error: String,
    },
}

impl ReadError {
    fn json(what: &'static str, error: &serde_json::Error) -> Self {
        Self::Json { what, error: error.to_string() }
    }
}

/// Reads a session object, a list of timed events, JSON lines of timed events, or a file of vectors.
///
/// # Errors
/// If it is none of these, with the line and column of the mistake.
pub fn read(text: &str) -> Result<Vec<Session>, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let first = match serde_json::Deserializer::from_str(text).into_iter::<Value>().next() {
        None => return Err(ReadError::Empty),
        Some(Err(error)) => return Err(ReadError::json("JSON", &error)),
        Some(Ok(first)) => first,
    };
    let has = |field| first.get(field).is_some();
    if first.is_array() {
        let events =
            serde_json::from_str(text).map_err(|error| ReadError::json("a list of timed events", &error))?;
        Ok(vec![Session::of(events)])
    } else if has("vectors") {
        Ok(read_vectors(text)?.into_iter().map(|vector| vector.session).collect())
    } else if has("at_ms") || has("event") {
        Ok(vec![Session::of(lines(text)?)])
    } else if first.is_object() {
        let session = serde_json::from_str(text).map_err(|error| ReadError::json("a session", &error))?;
        Ok(vec![session])
    } else {
        Err(ReadError::Form)
    }
}

/// Reads a file of vectors.
///
/// # Errors
/// If it is none, with the line and column of the mistake.
pub fn read_vectors(text: &str) -> Result<Vec<Vector>, ReadError> {
    let file: VectorFile =
        serde_json::from_str(text).map_err(|error| ReadError::json("a file of vectors", &error))?;
    Ok(file.vectors.into_iter().map(Vector::from).collect())
}

fn lines(text: &str) -> Result<Vec<Timed>, ReadError> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<Timed>();
    values.collect::<Result<_, _>>().map_err(|error| ReadError::json("lines of timed events", &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"at_ms": 5, "event": "foreground"}"#;

    #[test]
    fn every_form_is_the_same_session() {
        let bare = read(&format!("[{EVENT}]")).unwrap();
        assert_eq!(bare.len(), 1);
        assert_eq!((bare[0].events.len(), bare[0].seed, bare[0].ends_at_ms()), (1, 1, 40_005));
        assert_eq!(read(&format!("\u{feff}\n{EVENT}\n")).unwrap(), bare);
        assert_eq!(read(&format!(r#"{{"events": [{EVENT}]}}"#)).unwrap(), bare);
    }

    #[test]
    fn a_mistake_is_found_with_its_line() {
        for (text, expected) in [
            ("", "it is empty"),
            (" \n", "it is empty"),
            ("3", "it is neither"),
            ("{", "JSON: EOF while parsing an object at line 1 column 1"),
            ("nonsense", "JSON: expected ident at line 1 column 2"),
            (r#"{"event": []}"#, "lines of timed events: expected value at line 1 column 11"),
            (r#"{"evens": []}"#, "a session: unknown field `evens`"),
            ("[\n{\"at_ms\": 1, \"event\": \"forground\"}]", "unknown variant `forground`"),
            ("[\n{\"at_ms\": 1, \"event\": \"forground\"}]", "at line 2 column 33"),
            (
                "{\"at_ms\": 1, \"event\": \"pause\"}\n{\"at_ms\": -1, \"event\": \"pause\"}",
                "line 2 column 12",
            ),
            (r#"[{"at_ms": 1, "event": {"tap": {"target": 1, "role": "button", "colour": 1}}}]"#, "`colour`"),
            (r#"{"about": "x", "vectors": [{"name": "a"}]}"#, "missing field `why`"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
