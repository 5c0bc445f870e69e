//! Bounded label values: free text becomes a small number, so that counting allocates nothing.

/// The longest label, in characters.
const LONGEST: usize = 64;

/// What a label becomes when there is no room for more of its sort.
pub(crate) const OTHER: &str = "_other";

/// A label's number; `LabelId::NONE` when the host never gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LabelId(u16);

impl LabelId {
    pub(crate) const NONE: Self = Self(0);
}

/// All values seen of one label in this process.
#[derive(Debug)]
pub(crate) struct Labels {
    seen: Vec<Box<str>>,
    most: usize,
}

impl Labels {
    pub(crate) fn new(most: usize) -> Self {
        Self { seen: vec![OTHER.into()], most }
    }

    /// The number of a value, a new one if there is room.
    pub(crate) fn id(&mut self, value: &str) -> LabelId {
        let clean: String = value.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if clean.is_empty() {
            return LabelId::NONE;
        }
        let at = self.seen.iter().position(|known| **known == *clean).unwrap_or_else(|| {
            if self.seen.len() > self.most {
                return 0;
            }
            self.seen.push(clean.into());
            self.seen.len() - 1
        });
        LabelId(u16::try_from(at + 1).unwrap_or(1))
    }

    pub(crate) fn text(&self, id: LabelId) -> Option<&str> {
        let at = usize::from(id.0).checked_sub(1)?;
        self.seen.get(at).map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_bounded_in_number_and_length() {
        let mut labels = Labels::new(2);
        let a = labels.id(" Home\n");
        assert_eq!(labels.text(a), Some("Home"));
        assert_eq!(labels.id("Home"), a);
        labels.id("Cart");
        let third = labels.id("Search");
        assert_eq!(labels.text(third), Some(OTHER));
        assert_eq!(labels.id("  "), LabelId::NONE);
        assert_eq!(labels.text(LabelId::NONE), None);
        let mut long = Labels::new(9);
        let id = long.id(&"é".repeat(500));
        assert_eq!(long.text(id).map(|t| t.chars().count()), Some(LONGEST));
    }
}
