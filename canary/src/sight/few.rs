//! Cells of few devices: their numbers would be about somebody, so they are not shown.
//!
//! A cell is hidden if something failed in it and fewer devices than the threshold were touched. Releases, segments and
//! regions know their devices. Kinds and screens do not: there the number is at most that of the failures, and at most that
//! of all devices of the app, so the smaller of both is taken. That hides every cell that cannot have enough devices; one in
//! which a single device failed many times is not found out so.
//!
//! What is hidden must not be had by subtraction from the total: as long as the hidden cells together have too few devices,
//! the next smallest goes with them.

/// What is known of a cell before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touched {
    pub(crate) failures: i64,
    /// Devices that it touched, or the most that it can have touched.
    pub(crate) devices: i64,
}

impl Touched {
    /// Of a cell that does not know its devices, within something that had `all` devices.
    pub(crate) fn at_most(failures: i64, all: i64) -> Self {
        Self { failures, devices: failures.min(all) }
    }

    /// Whether so few devices must not be shown. A threshold of 1 or less hides nothing.
    pub(crate) const fn is_few(self, least: i64) -> bool {
        least > 1 && self.failures > 0 && self.devices < least
    }
}

/// Which cells of one table are hidden, in their order.
pub(crate) fn hidden(cells: &[Touched], least: i64) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|cell| cell.is_few(least)).collect();
    loop {
        let together: i64 =
            cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(cell, _)| cell.devices).sum();
        if !hidden.contains(&true) || together >= least {
            return hidden;
        }
        let next = cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| cell.failures > 0 && hidden.get(*at) == Some(&false))
            .min_by_key(|(_, cell)| cell.devices)
            .map(|(at, _)| at);
        match next.and_then(|at| hidden.get_mut(at)) {
            Some(cell) => *cell = true,
            None => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(devices: &[i64]) -> Vec<Touched> {
        devices.iter().map(|devices| Touched { failures: devices * 2, devices: *devices }).collect()
    }

    #[test]
    fn few_are_hidden_and_cannot_be_had_by_subtraction() {
        assert_eq!(hidden(&cells(&[100, 40, 7]), 5), [false, false, false]);
        assert_eq!(hidden(&cells(&[100, 3, 2]), 5), [false, true, true]);
        assert_eq!(hidden(&cells(&[100, 40, 3]), 5), [false, true, true], "the 40 hide the 3");
        assert_eq!(hidden(&cells(&[3]), 5), [true]);
        assert_eq!(hidden(&cells(&[100, 0, 3]), 5), [true, false, true], "nothing failed: nothing to hide");
        assert_eq!(hidden(&cells(&[1, 1]), 1), [false, false], "a threshold of one hides nothing");
    }

    #[test]
    fn without_devices_the_failures_bound_them() {
        assert!(Touched::at_most(4, 1_000).is_few(5));
        assert!(Touched::at_most(900, 3).is_few(5));
        assert!(!Touched::at_most(900, 1_000).is_few(5));
        assert!(!Touched::at_most(0, 0).is_few(5));
    }

    proptest! {
        #[test]
        fn no_few_cell_is_shown_and_what_is_hidden_is_many_or_all(
            devices in proptest::collection::vec(0..30_i64, 0..12), least in 2..10_i64
        ) {
            let cells = cells(&devices);
            let hidden = hidden(&cells, least);
            let sum: i64 = cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(cell, _)| cell.devices).sum();
            for (cell, hidden) in cells.iter().zip(&hidden) {
                prop_assert!(*hidden || !cell.is_few(least));
                prop_assert!(!hidden || cell.failures > 0);
            }
            let any = hidden.contains(&true);
            let all = cells.iter().zip(&hidden).all(|(cell, hidden)| *hidden || cell.failures == 0);
            prop_assert!(!any || sum >= least || all);
        }
    }
}
