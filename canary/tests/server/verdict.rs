//! `/v1/verdict`, from batches to a word.

use serde_json::{Value, json};

use crate::fixture::Server;
use crate::rollout::{Counted, roll_out, roll_out_widely, server, verdict};

fn words(data: &Value) -> (&str, &str) {
    (data["verdict"].as_str().unwrap(), data["reason"].as_str().unwrap())
}

#[test]
fn a_release_that_fails_twice_as_often_is_rolled_back() {
    let server = server();
    roll_out(&server, 20);
    let data = verdict(&server, "app=shop&release=2.0");
    assert_eq!(words(&data), ("rollback", "worse"));
    assert_eq!(
        data["sessions"],
        json!({ "candidate": 6_000, "candidate_failed": 240, "control": 60_000, "control_failed": 1_200 })
    );
    let ratio = &data["rate_ratio"];
    assert!((ratio["estimate"].as_f64().unwrap() - 2.0).abs() < 1e-9, "{ratio}");
    assert!(ratio["low"].as_f64().unwrap() > 1.0 && ratio["high"].as_f64().unwrap() < 4.0, "{ratio}");
    assert!(data["e_value"].as_f64().unwrap() >= 100.0);
    assert_eq!(
        (&data["control"], &data["alpha"], &data["margin"]),
        (&json!("1.9"), &json!(0.01), &json!(1.25))
    );
    assert!(data["sentence"].as_str().unwrap().contains("4.0 % of 6,000 sessions of 2.0"), "{data}");
    assert!(data["advice"]["android"].as_str().unwrap().starts_with("Halt the rollout"));
    let ios = data["advice"]["ios"].as_str().unwrap();
    for deed in ["cannot take a release back", "Pause the phased release", "kill switch", "hotfix"] {
        assert!(ios.contains(deed), "{ios}");
    }
}

#[test]
fn a_good_release_is_promoted_once_that_is_sure() {
    let server = server();
    roll_out(&server, 10);
    assert_eq!(words(&verdict(&server, "release=2.0")), ("hold", "too_early"));
    roll_out_widely(&server);
    let data = verdict(&server, "release=2.0");
    assert_eq!(words(&data), ("promote", "good_enough"));
    assert!(data["rate_ratio"]["high"].as_f64().unwrap() < 1.25);
    // The same counts are not enough for who allows less.
    assert_eq!(words(&verdict(&server, "release=2.0&margin=1.02")), ("hold", "too_early"));
}

#[test]
fn what_is_not_known_is_held_with_a_reason_and_no_number_that_is_none() {
    let server = server();
    assert_eq!(words(&verdict(&server, "release=2.0")), ("hold", "no_app"));
    Counted::shop("1.9", 100, 2).send(&server, 0);
    let data = verdict(&server, "app=bank&release=2.0");
    assert_eq!(words(&data), ("hold", "no_app"));
    assert!(data["sentence"].as_str().unwrap().contains("\"bank\""));
    let data = verdict(&server, "release=2.0");
    assert_eq!(words(&data), ("hold", "no_candidate"));
    assert_eq!(data["rate_ratio"], json!({ "estimate": null, "low": 0.0, "high": null }));
    assert_eq!(data["control"], Value::Null);
    Counted::shop("2.0", 50, 1).send(&server, 5);
    assert_eq!(words(&verdict(&server, "release=2.0")), ("hold", "no_control"), "never in the same hour");
    Counted::shop("2.1", 50, 0).send(&server, 9);
    Counted::shop("2.2", 50, 0).send(&server, 9);
    let data = verdict(&server, "release=2.2");
    assert_eq!((words(&data), &data["control"]), (("hold", "no_failures"), &json!("2.1")));
}

/// Strata are compared each for itself: the candidate is mostly where more fails anyway.
#[test]
fn another_mix_of_people_is_no_difference() {
    let server = server();
    for hour in 0..12 {
        for (os_name, segment, rate) in
            [("Android", "", 10), ("Android", "gold", 2), ("iOS", "", 1), ("iOS", "gold", 4)]
        {
            let new = if rate > 3 { 9_000 } else { 1_000 };
            for (release, sessions) in [("2.0", new), ("1.9", 10_000 - new)] {
                let failed = sessions * rate / 100;
                Counted { app: "shop", release, os_name, segment, sessions, failed }.send(&server, hour);
            }
        }
    }
    let data = verdict(&server, "release=2.0");
    let crude = |arm: &str| {
        data["sessions"][format!("{arm}_failed")].as_f64().unwrap() / data["sessions"][arm].as_f64().unwrap()
    };
    assert!(crude("candidate") > 2.0 * crude("control"), "{data}");
    assert!((data["rate_ratio"]["estimate"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{data}");
    assert_eq!(words(&data), ("promote", "good_enough"));
}

#[test]
fn the_control_is_found_or_named() {
    let server = server();
    roll_out(&server, 20);
    for hour in 0..12 {
        // Older and as bad as the candidate, with fewer sessions than 1.9; and many sessions long before.
        Counted::shop("1.8", 1_000, 40).send(&server, hour);
    }
    Counted::shop("1.7", 900_000, 0).send(&server, 40);
    let found = verdict(&server, "release=2.0");
    assert_eq!((words(&found).0, &found["control"]), ("rollback", &json!("1.9")));
    let named = verdict(&server, "release=2.0&control=1.8");
    assert_eq!((words(&named).0, &named["control"]), ("hold", &json!("1.8")));
}

#[test]
fn since_leaves_out_what_was_before() {
    let server = server();
    roll_out(&server, 20);
    for hour in 24..26 {
        Counted::shop("1.9", 5_000, 100).send(&server, hour);
        Counted::shop("2.0", 500, 10).send(&server, hour);
    }
    let data = verdict(&server, "release=2.0&since=2027-01-16T08:00:00Z");
    assert_eq!((words(&data).0, &data["sessions"]["candidate"]), ("hold", &json!(1_000)));
    assert_eq!(data["since"], "2027-01-16T08:00:00Z");
}

/// A batch that comes late is filed under its own hour, and the next verdict is that of the counts together.
#[test]
fn late_batches_are_in_the_next_verdict() {
    let (late, at_once) = (server(), server());
    for server in [&late, &at_once] {
        Counted::shop("1.9", 5_000, 100).send(server, 0);
        Counted::shop("2.0", 300, 9).send(server, 0);
        Counted::shop("1.9", 5_000, 100).send(server, 30);
    }
    let before = verdict(&late, "release=2.0");
    Counted::shop("2.0", 200, 11).send(&late, 0);
    Counted::shop("2.0", 200, 11).send(&at_once, 0);
    let after = verdict(&late, "release=2.0");
    assert_ne!(before["e_value"], after["e_value"]);
    assert_eq!(after, verdict(&at_once, "release=2.0"));
}

#[test]
fn bad_parameters_are_named() {
    let server = Server::start();
    for (query, parameter) in [
        ("", "release"),
        ("release=2.0&alpha=2", "alpha"),
        ("release=2.0&control=2.0", "control"),
        ("release=2.0&what=1", "what"),
    ] {
        let answer = server.client.get(&format!("/v1/verdict?{query}"));
        assert_eq!((answer.status, answer.json()["error"]["parameter"].as_str()), (400, Some(parameter)));
    }
}

#[test]
fn an_unknown_name_is_not_given_back_whole() {
    let server = Server::start();
    let long = "x".repeat(7_000);
    for path in ["/v1/verdict", "/v1/counts", "/v1/tables/rate.json"] {
        let answer = server.client.get(&format!("{path}?{long}=1"));
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.body.len() < 500 && answer.text().contains("xxx…"), "{path}: {}", answer.text());
    }
}
