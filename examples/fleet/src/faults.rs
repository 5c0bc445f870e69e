//! What goes wrong, by release and screen.

use std::str::FromStr;

/// A fault of an app: on which release and screen, and how often it strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The release; `*` for all.
    pub release: String,
    /// The screen; `*` for all.
    pub screen: String,
    /// What happens: `slow`, `dead`, `error`.
    pub what: What,
    /// How often an act on that screen meets it, from 0 to 1.
    pub share: f64,
}

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A load takes 4 to 12 s.
    Slow,
    /// A tap or a submit does nothing.
    Dead,
    /// A request answers 503.
    Error,
}

impl FromStr for Fault {
    type Err = String;

    /// `RELEASE/SCREEN/slow|dead|error=SHARE`, as `2.5.0/Checkout/error=0.2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no fault; write RELEASE/SCREEN/slow|dead|error=SHARE, as 2.5.0/Checkout/error=0.2"
            )
        };
        let (place, share) = text.split_once('=').ok_or_else(wrong)?;
        let mut place = place.splitn(3, '/');
        let (release, screen) = (place.next().ok_or_else(wrong)?, place.next().ok_or_else(wrong)?);
        let what = match place.next() {
            Some("slow") => What::Slow,
            Some("dead") => What::Dead,
            Some("error") => What::Error,
            _ => return Err(wrong()),
        };
        let share = share.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(wrong)?;
        Ok(Self { release: release.to_owned(), screen: screen.to_owned(), what, share })
    }
}

/// All faults of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Faults(pub Vec<Fault>);

impl Default for Faults {
    /// A base of failures that every app has, and a checkout that release 2.5.0 broke.
    fn default() -> Self {
        let fault = |release: &str, screen: &str, what, share| Fault {
            release: release.to_owned(),
            screen: screen.to_owned(),
            what,
            share,
        };
        Self(vec![
            fault("*", "*", What::Slow, 0.002),
            fault("*", "*", What::Dead, 0.0005),
            fault("*", "*", What::Error, 0.001),
            fault("2.5.0", "Checkout", What::Error, 0.2),
        ])
    }
}

impl Faults {
    /// How often this goes wrong here.
    pub(crate) fn share(&self, release: &str, screen: &str, what: What) -> f64 {
        let applies = |fault: &&Fault| {
            fault.what == what
                && (fault.release == "*" || fault.release == release)
                && (fault.screen == "*" || fault.screen == screen)
        };
        let spared: f64 = self.0.iter().filter(applies).map(|fault| 1.0 - fault.share).product();
        1.0 - spared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_and_add_up() {
        let fault: Fault = "2.5.0/Checkout/error=0.5".parse().unwrap();
        let faults = Faults(vec![fault, "*/*/error=0.5".parse().unwrap()]);
        assert!((faults.share("2.5.0", "Checkout", What::Error) - 0.75).abs() < 1e-9);
        assert!((faults.share("2.4.0", "Checkout", What::Error) - 0.5).abs() < 1e-9);
        assert!(faults.share("2.5.0", "Checkout", What::Dead).abs() < 1e-9);
        for wrong in ["", "a/b/slow", "a/b/fast=1", "a/slow=1", "a/b/slow=2"] {
            assert!(wrong.parse::<Fault>().is_err(), "{wrong}");
        }
    }
}
