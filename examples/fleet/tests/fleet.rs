//! The fleet is deterministic, shows what was broken, and a canary counts exactly what its engines decided.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test")]

use amends_canary::{Canary, Config};
use fleet::{Drop, Plan, Post, Report, run};
use serde_json::Value;

fn plan() -> Plan {
    Plan { devices: 300, days: 2, threads: 2, ..Plan::default() }
}

fn dropped(plan: &Plan) -> Report {
    run(plan, || Drop).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_batches_on_any_number_of_threads() {
    let report = dropped(&plan());
    assert_eq!(report, dropped(&Plan { threads: 1, ..plan() }));
    assert_ne!(report.digest, dropped(&Plan { seed: 2, ..plan() }).digest);
    assert!(report.batches > 300);
}

#[test]
fn a_broken_release_fails_more_often_and_a_whole_one_without_faults_never() {
    let half = vec![("2.4.0".to_owned(), 1.0), ("2.5.0".to_owned(), 1.0)];
    let report = dropped(&Plan { releases: half, ..plan() });
    let rate = |release: &str| {
        let of = &report.releases[release];
        of.failures() as f64 / of.sessions as f64
    };
    assert!(rate("2.5.0") > 2.0 * rate("2.4.0"), "{report}");
    let whole = dropped(&Plan { faults: fleet::Faults(vec![]), ..plan() });
    assert_eq!(whole.releases.values().map(fleet::OfRelease::failures).sum::<u64>(), 0, "{whole}");
}

#[test]
fn an_outage_fails_more_while_it_lasts_and_changes_nothing_else() {
    let day = |outages: &[&str]| {
        let outages = outages.iter().map(|outage| outage.parse().unwrap()).collect();
        let report = dropped(&Plan { outages, ..plan() });
        report.releases.values().map(fleet::OfRelease::failures).sum::<u64>()
    };
    let calm = day(&[]);
    let struck = day(&["*/*/*/*/error@1d+1d=200"]);
    assert!(struck > 2 * calm, "{struck} against {calm}");
    assert_eq!(day(&["*/*/nowhere/*/error@1d+1d=200", "*/*/*/*/error@9d+1d=200"]), calm);
}

#[test]
fn the_canary_counts_exactly_what_the_engines_decided() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::new(data.path().join("canary"), "127.0.0.1:0".parse().unwrap());
    config.accept_any_clock = true;
    config.min_devices = 1;
    let canary = Canary::start(&config).unwrap();
    let report = run(&plan(), || Post::to(&canary.url(), None)).unwrap();
    for (release, of) in &report.releases {
        let url = format!("{}/v1/counts?app=fleet&release={release}&since=30d", canary.url());
        let text = ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
        let totals = serde_json::from_str::<Value>(&text).unwrap()["data"]["totals"].clone();
        assert_eq!(totals["failures"], of.failures(), "{release}");
        assert_eq!(totals["apologies"], of.shown, "{release}");
        assert_eq!(totals["sessions"], of.sessions, "{release}");
    }
    canary.stop();
}
