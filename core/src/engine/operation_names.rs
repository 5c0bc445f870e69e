//! What the host calls what is loading, for texts that say `{operation}`. Stays on the device.

use crate::kinds::{Subject, operation_subject};

/// Names remembered; more push out the oldest.
const MOST: usize = 32;

#[derive(Debug, Default)]
pub(super) struct OperationNames {
    /// Oldest first.
    names: Vec<(Subject, Box<str>)>,
}

impl OperationNames {
    /// Takes note of a name. One that is known already costs nothing.
    pub(super) fn heard(&mut self, name: &str) {
        let subject = operation_subject(name);
        if self.of(subject).is_some() {
            return;
        }
        if self.names.len() == MOST {
            self.names.remove(0);
        }
        self.names.push((subject, name.into()));
    }

    pub(super) fn of(&self, subject: Subject) -> Option<&str> {
        self.names.iter().find(|(known, _)| *known == subject).map(|(_, name)| &**name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again_and_bounded() {
        let mut names = OperationNames::default();
        for n in 0..100 {
            names.heard(&format!("op {n}"));
            names.heard("op 99");
        }
        assert_eq!(names.of(operation_subject("op 99")), Some("op 99"));
        assert_eq!(names.of(operation_subject("op 0")), None);
        assert_eq!(names.of(Subject::Nameless), None);
        assert_eq!(names.names.len(), MOST);
    }
}
