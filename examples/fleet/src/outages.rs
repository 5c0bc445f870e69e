//! What goes wrong for a while: an outage, with its place, its time and its strength.

use crate::faults::What;
use std::fmt;
use std::str::FromStr;

/// For a while a fault strikes more often, for those whom it is about. `*` is everyone.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// The release.
    pub release: String,
    /// The screen.
    pub screen: String,
    /// The region.
    pub region: String,
    /// The segment; empty: those without one.
    pub segment: String,
    /// What happens more often.
    pub what: What,
    /// When it begins, in seconds after the start of the plan.
    pub start_s: u64,
    /// How long it lasts, in seconds.
    pub lasts_s: u64,
    /// How many times as often.
    pub factor: f64,
}

/// Where and when something may go wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) release: &'a str,
    pub(crate) screen: &'a str,
    pub(crate) region: &'a str,
    pub(crate) segment: &'a str,
    pub(crate) at_s: u64,
}

impl Outage {
    fn strikes(&self, place: &Place<'_>, what: What) -> bool {
        let is = |own: &str, other: &str| own == "*" || own == other;
        self.what == what
            && (self.start_s..self.start_s.saturating_add(self.lasts_s)).contains(&place.at_s)
            && is(&self.release, place.release)
            && is(&self.screen, place.screen)
            && is(&self.region, place.region)
            && is(&self.segment, place.segment)
    }
}

/// How many times as often this goes wrong there and then.
pub(crate) fn factor(outages: &[Outage], place: &Place<'_>, what: What) -> f64 {
    outages.iter().filter(|outage| outage.strikes(place, what)).map(|outage| outage.factor).product()
}

const FORM: &str = "write RELEASE/SCREEN/REGION/SEGMENT/slow|dead|error@START+LASTS=FACTOR, as \
                    */Checkout/eu/*/error@22d13h+3h=20";

impl FromStr for Outage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no outage; {FORM}");
        let (rest, factor) = text.rsplit_once('=').ok_or_else(wrong)?;
        let (rest, lasts) = rest.rsplit_once('+').ok_or_else(wrong)?;
        let (place, start) = rest.rsplit_once('@').ok_or_else(wrong)?;
        let [release, screen, region, segment, what] =
            <[&str; 5]>::try_from(place.split('/').collect::<Vec<_>>()).map_err(|_| wrong())?;
        let what = match what {
            "slow" => What::Slow,
            "dead" => What::Dead,
            "error" => What::Error,
            _ => return Err(wrong()),
        };
        let factor = factor.parse().ok().filter(|factor| (0.0..=1e6).contains(factor)).ok_or_else(wrong)?;
        Ok(Self {
            release: release.to_owned(),
            screen: screen.to_owned(),
            region: region.to_owned(),
            segment: segment.to_owned(),
            what,
            start_s: seconds(start).ok_or_else(wrong)?,
            lasts_s: seconds(lasts).ok_or_else(wrong)?,
            factor,
        })
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { release, screen, region, segment, start_s, lasts_s, factor, .. } = self;
        let what = match self.what {
            What::Slow => "slow",
            What::Dead => "dead",
            What::Error => "error",
        };
        let (start, lasts) = (start_s / 60, lasts_s / 60);
        write!(f, "{release}/{screen}/{region}/{segment}/{what}@{start}m+{lasts}m={factor}")
    }
}

/// `22d13h30m`.
fn seconds(text: &str) -> Option<u64> {
    let (mut sum, mut number) = (0_u64, String::new());
    for letter in text.chars() {
        let unit = match letter {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ if letter.is_ascii_digit() => {
                number.push(letter);
                continue;
            }
            _ => return None,
        };
        sum = sum.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    (number.is_empty() && !text.is_empty()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_read_and_strikes_there_and_then() {
        let outage: Outage = "*/Checkout/eu/*/error@22d13h+90m=20".parse().unwrap();
        assert_eq!(outage.to_string().parse::<Outage>().unwrap(), outage);
        let begins = 22 * 86_400 + 13 * 3_600;
        let eu = Place { release: "2.5.0", screen: "Checkout", region: "eu", segment: "", at_s: begins };
        let all = [outage];
        let times = |place, what| factor(&all, &place, what);
        assert!((times(eu, What::Error) - 20.0).abs() < 1e-9);
        for other in [
            Place { at_s: begins - 1, ..eu },
            Place { at_s: begins + 5_400, ..eu },
            Place { region: "us", ..eu },
            Place { screen: "Home", ..eu },
        ] {
            assert!((times(other, What::Error) - 1.0).abs() < 1e-9, "{other:?}");
        }
        assert!((times(eu, What::Dead) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_outage_is_named() {
        for wrong in [
            "",
            "a/b/c/error@1h+1h=2",
            "a/b/c/d/fast@1h+1h=2",
            "a/b/c/d/slow@1+1h=2",
            "a/b/c/d/slow@1h=2",
            "a/b/c/d/slow@1h+1h=-1",
            "a/b/c/d/slow@99999999999999999d+1h=1",
        ] {
            assert!(wrong.parse::<Outage>().unwrap_err().contains("write RELEASE/"), "{wrong}");
        }
    }
}
