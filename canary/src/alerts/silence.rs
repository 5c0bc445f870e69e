//! Silences: what is not told for a while. It is still judged, and shown.

use serde::{Deserialize, Serialize};

use super::standing::Standing;

/// Most silences at once.
pub(crate) const MOST: usize = 1_000;

/// See the module. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Silence {
    pub(crate) id: String,
    /// All of these have to hold: `alert`, `app`, `severity` or a label, and its value.
    pub(crate) matchers: Vec<(String, String)>,
    pub(crate) from_s: i64,
    /// No longer at this second.
    pub(crate) until_s: i64,
    pub(crate) comment: String,
}

impl Silence {
    /// What a matcher may name.
    pub(crate) const NAMES: [&str; 9] =
        ["alert", "app", "severity", "release", "segment", "region", "os", "screen", "kind"];

    /// Whether it holds back this one now. Without matchers it holds nothing back.
    pub(crate) fn covers(&self, standing: &Standing, now_s: i64) -> bool {
        let matches = |(name, value): &(String, String)| match &**name {
            "alert" => standing.alert == *value,
            "app" => standing.app == *value,
            "severity" => standing.severity == *value,
            label => standing.labels.iter().any(|(own, is)| own == label && is == value),
        };
        (self.from_s..self.until_s).contains(&now_s)
            && !self.matchers.is_empty()
            && self.matchers.iter().all(matches)
    }
}

#[cfg(test)]
mod tests {
    use super::super::definition::Alert;
    use super::*;

    #[test]
    fn all_matchers_have_to_hold_and_only_until_its_end() {
        let labels = vec![("release".to_owned(), "2.5.0".to_owned())];
        let standing = Standing::new(&Alert::standard(), "shop", labels, 0);
        let covers = |matchers: &[(&str, &str)], now_s| {
            let matchers =
                matchers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let (id, comment) = (String::new(), String::new());
            Silence { id, matchers, from_s: 10, until_s: 20, comment }.covers(&standing, now_s)
        };
        assert!(covers(&[("app", "shop")], 10) && covers(&[("app", "shop")], 19));
        assert!(!covers(&[("app", "shop")], 9) && !covers(&[("app", "shop")], 20));
        assert!(covers(&[("app", "shop"), ("release", "2.5.0"), ("severity", "page")], 15));
        assert!(!covers(&[("app", "shop"), ("release", "2.4.0")], 15));
        assert!(!covers(&[("segment", "vip")], 15));
        assert!(covers(&[("alert", "unusual-failed-sessions")], 15));
        assert!(!covers(&[], 15));
    }
}
