//! Ours beside independent packages from `PyPI`, by what they said of the same counts (`make verdict-oracles` records it).

#![allow(clippy::unwrap_used)] // all of it is test code
use amends_verdict::{Arm, Window, interval, log_likelihood_ratio};
use serde_json::Value;

fn cases(vectors: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(vectors).unwrap();
    json["cases"].as_array().unwrap().clone()
}

fn number(case: &Value, name: &str) -> f64 {
    case[name].as_f64().unwrap()
}

fn count(case: &Value, name: &str) -> u64 {
    case[name].as_u64().unwrap()
}

/// A window of a million sessions of which the candidate has this share.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn window(share: f64, candidate: u64, control: u64) -> Window {
    let sessions = (share * 1e6).round() as u64;
    Window {
        candidate: Arm { sessions, failed: candidate },
        control: Arm { sessions: 1_000_000 - sessions, failed: control },
    }
}

/// Lindon and Malek's test: ratios mixed by a beta distribution around "no difference", worth `k` sessions. In closed form:
/// `ln B(a + x) − ln B(a) − Σ x ln ρ` with `a = kρ`, for whole counts a sum of logarithms.
#[allow(clippy::cast_precision_loss)]
fn beta_mixture(share: f64, candidate: u64, control: u64, k: f64) -> f64 {
    let rising = |from: f64, steps: u64| (0..steps).map(|step| (from + step as f64).ln()).sum::<f64>();
    rising(k * share, candidate) + rising(k * (1.0 - share), control)
        - rising(k, candidate + control)
        - candidate as f64 * share.ln()
        - control as f64 * (1.0 - share).ln()
}

/// The ends of the ratios that the beta mixture does not speak against, as logarithms.
fn beta_interval(share: f64, candidate: u64, control: u64, k: f64, alpha: f64) -> (f64, f64) {
    let all = window(share, candidate, control);
    let against_equal = beta_mixture(share, candidate, control, k);
    // What it says against a ratio: the mixture over the likelihood under it.
    let stands = |log: f64| against_equal - log_likelihood_ratio(&all, 1.0, log.exp()) < -alpha.ln();
    #[allow(clippy::cast_precision_loss)]
    let middle = (candidate as f64 * (1.0 - share) / (control as f64 * share)).ln();
    let end = |mut outside: f64| {
        let mut inside = middle;
        for _ in 0..60 {
            let half = f64::midpoint(inside, outside);
            if stands(half) { inside = half } else { outside = half }
        }
        inside
    };
    (end(middle - 10.0), end(middle + 10.0))
}

/// Its evidence, p-value and interval come from our likelihood ratio. The first case is the published one: p = 0.0455796.
#[test]
fn savvi_says_the_same_of_the_same_mixture() {
    let cases = cases(include_str!("vectors/savvi.json"));
    assert!((number(&cases[0], "p") - 0.045_579_6).abs() < 1e-7 && cases.len() >= 6);
    for case in cases {
        let (share, k) = (number(&case, "share"), number(&case, "k"));
        let (candidate, control) = (count(&case, "candidate"), count(&case, "control"));
        let log_e = beta_mixture(share, candidate, control, k);
        assert!((log_e - number(&case, "log_e")).abs() < 1e-9, "{case}: {log_e}");
        let (low, high) = beta_interval(share, candidate, control, k, number(&case, "alpha"));
        // Its interval comes from a convex solver.
        for (found, known) in [(low, "log_ratio_low"), (high, "log_ratio_high")] {
            assert!((found - number(&case, known)).abs() < 2e-4, "{case}: {known} {found}");
        }
    }
}

/// The product's own likelihood ratio, mixed by their beta distribution numerically, is their closed form.
#[test]
fn our_likelihood_ratio_mixed_their_way_is_their_evidence() {
    for case in cases(include_str!("vectors/savvi.json")) {
        let (share, k) = (number(&case, "share"), number(&case, "k"));
        let all = window(share, count(&case, "candidate"), count(&case, "control"));
        let points = 200_000;
        let (mut mixed, mut weight) = (0.0, 0.0);
        for point in 0..points {
            let theta = (f64::from(point) + 0.5) / f64::from(points);
            let density =
                ((k * share - 1.0) * theta.ln() + (k * (1.0 - share) - 1.0) * (1.0 - theta).ln()).exp();
            let ratio = theta * (1.0 - share) / ((1.0 - theta) * share);
            mixed += density * log_likelihood_ratio(&all, 1.0, ratio).exp();
            weight += density;
        }
        let (found, known) = ((mixed / weight).ln(), number(&case, "log_e"));
        assert!((found - known).abs() < 1e-6, "{case}: {found}");
    }
}

/// confseq's beta-binomial mixture is the same family, `k` chosen so that it is tightest for the variance at hand; and its
/// confidence sequence is about as wide as ours.
#[test]
#[allow(clippy::cast_precision_loss)]
fn confseq_is_the_same_family_and_about_as_wide() {
    let cases = cases(include_str!("vectors/confseq.json"));
    assert!(cases.len() >= 7);
    for case in cases {
        let (share, alpha) = (number(&case, "share"), number(&case, "alpha"));
        let (candidate, both) = (count(&case, "candidate"), count(&case, "both"));
        let one = share * (1.0 - share);
        let twice = -2.0 * alpha.ln();
        let k = (both as f64 * one / (twice + twice.ln_1p()) - one) / one;
        let log_e = beta_mixture(share, candidate, both - candidate, k);
        assert!((log_e - number(&case, "log_e")).abs() < 1e-9, "{case}: {log_e}");

        let ours = interval(&[window(share, candidate, both - candidate)], alpha);
        let (low, high) = (number(&case, "ratio_low"), number(&case, "ratio_high"));
        let estimate = candidate as f64 * (1.0 - share) / ((both - candidate) as f64 * share);
        assert!(low < estimate && estimate < high && ours.low < estimate && estimate < ours.high, "{case}");
        let wider = (ours.high / ours.low).ln() / (high / low).ln();
        println!(
            "{candidate} of {both} at {share}: ours {:.3} to {:.3}, confseq {low:.3} to {high:.3}, {wider:.3} times as wide",
            ours.low, ours.high
        );
        assert!((0.85..1.25).contains(&wider), "{case}: {ours:?} is {wider} times as wide");
    }
}
