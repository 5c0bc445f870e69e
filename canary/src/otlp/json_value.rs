//! A JSON tree that refuses what serde's derived readers let pass: duplicate keys, and lists in place of objects.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{MAX_ELEMENTS, NotOtlp};

/// A JSON value, borrowing from the body where it can.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// Parses a body after a look at how much it could grow to.
pub(super) fn parse(body: &[u8]) -> Result<Value<'_>, NotOtlp> {
    let elements = body.iter().filter(|byte| matches!(byte, b'{' | b'[' | b',')).count();
    if elements > MAX_ELEMENTS {
        return Err(NotOtlp::TooManyElements { limit: MAX_ELEMENTS });
    }
    serde_json::from_slice(body).map_err(|error| {
        NotOtlp::Malformed(format!("not JSON: {error}; send an ExportMetricsServiceRequest"))
    })
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Text(text) => Ok(Key(text)),
            _ => Err(de::Error::custom("a key that is no string")),
        }
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value<'de>, E> {
        Ok(Value::Signed(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value<'de>, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value<'de>, A::Error> {
        let mut object: Vec<(Cow<'de, str>, Value<'de>)> = Vec::new();
        while let Some((Key(key), value)) = entries.next_entry::<Key<'de>, Value<'de>>()? {
            object.push((key, value));
        }
        if let Some(key) = repeated(&object) {
            return Err(de::Error::custom(format!("the key {key:?} stands twice in one object")));
        }
        Ok(Value::Object(object))
    }
}

fn repeated<'o>(object: &'o [(Cow<'_, str>, Value<'_>)]) -> Option<&'o str> {
    if object.len() <= 12 {
        let twice = |at: usize, key: &str| object.iter().take(at).any(|(before, _)| before == key);
        return object.iter().enumerate().find(|(at, (key, _))| twice(*at, key)).map(|(_, (key, _))| &**key);
    }
    let mut seen = HashSet::with_capacity(object.len());
    object.iter().map(|(key, _)| &**key).find(|key| !seen.insert(*key))
}
