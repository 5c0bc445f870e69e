//! Protobuf's wire format: fields one after the other, without copying.

use super::{MAX_ELEMENTS, MAX_POINTS, NotOtlp};

/// One field's value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    /// No field that is read has this type.
    Fixed32,
    Bytes(&'a [u8]),
}

/// Fields and data points that may still be read in this body, so that a small body cannot fill memory.
pub(super) struct Allowance {
    elements: usize,
    points: usize,
}

impl Allowance {
    pub(super) fn new() -> Self {
        Self { elements: MAX_ELEMENTS, points: MAX_POINTS }
    }

    pub(super) fn spend(&mut self, elements: usize) -> Result<(), NotOtlp> {
        self.elements =
            self.elements.checked_sub(elements).ok_or(NotOtlp::TooManyElements { limit: MAX_ELEMENTS })?;
        Ok(())
    }

    pub(super) fn spend_point(&mut self) -> Result<(), NotOtlp> {
        self.points = self.points.checked_sub(1).ok_or(NotOtlp::TooManyPoints { limit: MAX_POINTS })?;
        Ok(())
    }
}

/// The fields of one message.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    /// Name of the message, for errors.
    message: &'static str,
}

impl<'a> Fields<'a> {
    pub(super) fn of(message: &'static str, bytes: &'a [u8]) -> Self {
        Self { rest: bytes, message }
    }

    /// The next field's number and value; `None` at the end.
    pub(super) fn next(&mut self, allowance: &mut Allowance) -> Result<Option<(u32, Value<'a>)>, NotOtlp> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        allowance.spend(1)?;
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3)
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| self.broken("a bad field number"))?;
        let value = match tag & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| self.broken("a bad length"))?;
                Value::Bytes(self.take(length)?)
            }
            5 => {
                self.take(4)?;
                Value::Fixed32
            }
            _ => return Err(self.broken("a wire type that proto3 does not have")),
        };
        Ok(Some((number, value)))
    }

    fn varint(&mut self) -> Result<u64, NotOtlp> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(self.broken("a varint beyond 64 bits"));
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.broken("a varint beyond 10 bytes"))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], NotOtlp> {
        let Some((head, rest)) = self.rest.split_first_chunk::<N>() else { return Err(self.cut()) };
        self.rest = rest;
        Ok(*head)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], NotOtlp> {
        let Some((head, rest)) = self.rest.split_at_checked(length) else { return Err(self.cut()) };
        self.rest = rest;
        Ok(head)
    }

    fn cut(&self) -> NotOtlp {
        self.broken("an end in the middle of a field")
    }

    fn broken(&self, what: &str) -> NotOtlp {
        NotOtlp::Malformed(format!(
            "protobuf message {} has {what}; send an ExportMetricsServiceRequest",
            self.message
        ))
    }

    /// The error for a known field that comes with another wire type.
    pub(super) fn wrong_type(&self, field: &str) -> NotOtlp {
        self.broken(&format!("field {field} with a wrong wire type"))
    }

    /// The error for a message that may stand once and stands again.
    pub(super) fn twice(&self, field: &str) -> NotOtlp {
        self.broken(&format!("field {field} twice"))
    }

    pub(super) fn bytes(&self, value: Value<'a>, field: &str) -> Result<&'a [u8], NotOtlp> {
        if let Value::Bytes(bytes) = value { Ok(bytes) } else { Err(self.wrong_type(field)) }
    }

    pub(super) fn text(&self, value: Value<'a>, field: &str) -> Result<String, NotOtlp> {
        let bytes = self.bytes(value, field)?;
        let text =
            std::str::from_utf8(bytes).map_err(|_| self.broken(&format!("no UTF-8 in field {field}")))?;
        Ok(text.to_owned())
    }

    pub(super) fn fixed64(&self, value: Value<'a>, field: &str) -> Result<u64, NotOtlp> {
        if let Value::Fixed64(bits) = value { Ok(bits) } else { Err(self.wrong_type(field)) }
    }

    pub(super) fn varint_of(&self, value: Value<'a>, field: &str) -> Result<u64, NotOtlp> {
        if let Value::Varint(number) = value { Ok(number) } else { Err(self.wrong_type(field)) }
    }

    /// Adds a repeated fixed64, packed or not, to `list`.
    pub(super) fn fixed64_list(
        &self,
        value: Value<'a>,
        field: &str,
        list: &mut Vec<u64>,
    ) -> Result<(), NotOtlp> {
        match value {
            Value::Fixed64(bits) => list.push(bits),
            Value::Bytes(packed) => {
                let (chunks, rest) = packed.as_chunks::<8>();
                if !rest.is_empty() {
                    return Err(self.broken(&format!("a cut list in field {field}")));
                }
                list.extend(chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)));
            }
            _ => return Err(self.wrong_type(field)),
        }
        Ok(())
    }
}
