//! What a verdict makes of a track.

use super::*;

fn rollout(raise_to: f64) -> Rollout {
    Rollout {
        package: "com.example.shop".to_owned(),
        track: "production".to_owned(),
        version_codes: vec![420, 421],
        raise_to,
        credentials: None,
        api: API.to_owned(),
    }
}

#[test]
fn each_verdict_has_its_release() {
    assert!(rollout(0.2).requests(Word::Hold).is_empty());
    for (verdict, raise_to, release) in [
        (Word::Rollback, 0.2, json!({ "versionCodes": ["420", "421"], "status": "halted" })),
        (
            Word::Promote,
            0.2,
            json!({ "versionCodes": ["420", "421"], "status": "inProgress", "userFraction": 0.2 }),
        ),
        (Word::Promote, 1.0, json!({ "versionCodes": ["420", "421"], "status": "completed" })),
    ] {
        let track = json!({ "track": "production", "releases": [release] });
        let requests = rollout(raise_to).requests(verdict);
        let bodies: Vec<_> = requests.into_iter().map(|request| request.body).collect();
        assert_eq!(bodies, [Some(json!({})), Some(track), None]);
    }
}

/// The old release, and ours in this state.
fn track(status: &str, fraction: Option<f64>) -> Value {
    let mut ours = json!({ "name": "4.2.0", "versionCodes": ["420", "421"], "status": status });
    if let Some(fraction) = fraction {
        ours["userFraction"] = json!(fraction);
    }
    json!({ "releases": [{ "name": "4.1.0", "versionCodes": ["410"], "status": "completed" }, ours] })
}

/// Ours after the verdict: its status and share; `None` where nothing is to be done.
fn changed(
    verdict: Word,
    raise_to: f64,
    status: &str,
    fraction: Option<f64>,
) -> Option<(String, Option<f64>)> {
    let rollout = rollout(raise_to);
    let wanted = rollout.release(verdict).unwrap();
    let changed = rollout.change(&track(status, fraction), &wanted).unwrap()?;
    assert_eq!(changed["releases"][0], track("", None)["releases"][0], "the others stay");
    let ours = &changed["releases"][1];
    assert_eq!(ours["name"], "4.2.0");
    Some((ours["status"].as_str().unwrap().to_owned(), ours["userFraction"].as_f64()))
}

#[test]
fn a_staged_rollout_is_halted_raised_or_completed() {
    let to = |status: &str, fraction| Some((status.to_owned(), fraction));
    assert_eq!(changed(Word::Rollback, 0.2, "inProgress", Some(0.05)), to("halted", Some(0.05)));
    assert_eq!(changed(Word::Promote, 0.2, "inProgress", Some(0.05)), to("inProgress", Some(0.2)));
    assert_eq!(changed(Word::Promote, 1.0, "inProgress", Some(0.05)), to("completed", None));
}

#[test]
fn what_is_so_already_is_left_alone_and_no_share_is_lowered() {
    assert_eq!(changed(Word::Rollback, 0.2, "halted", Some(0.05)), None);
    assert_eq!(changed(Word::Promote, 0.2, "inProgress", Some(0.2)), None);
    assert_eq!(changed(Word::Promote, 0.2, "inProgress", Some(0.5)), None);
    assert_eq!(changed(Word::Promote, 0.2, "completed", None), None);
    assert_eq!(changed(Word::Promote, 1.0, "completed", None), None);
}

#[test]
fn what_is_no_rollout_under_way_is_for_people() {
    for (verdict, status) in [
        (Word::Promote, "halted"),
        (Word::Rollback, "completed"),
        (Word::Promote, "draft"),
        (Word::Rollback, "draft"),
    ] {
        let rollout = rollout(0.2);
        let error = rollout.change(&track(status, None), &rollout.release(verdict).unwrap()).unwrap_err();
        assert!(error.to_string().contains(status), "{error}");
    }
    let other = json!({ "releases": [{ "versionCodes": ["420"], "status": "inProgress" }] });
    let error = rollout(0.2).change(&other, &json!({ "status": "halted" })).unwrap_err();
    assert!(error.to_string().contains("no release of exactly 420, 421"), "{error}");
}

#[test]
fn shares_and_names() {
    assert_eq!(share("0.2"), Ok(0.2));
    for text in ["0", "1.01", "-1", "NaN", "all"] {
        assert!(share(text).is_err(), "{text}");
    }
    assert!(name("wear:production").is_ok() && name("com.example/../x").is_err() && name("").is_err());
}
