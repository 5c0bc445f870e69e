//! The pages for people: real counts in, numbers and sentences out, and nothing about few devices.

use serde_json::{Value, json};

use crate::fixture::{Server, answers, attribute, batch, histogram, point, sum};

const KIND: (&str, &str) = ("amends.failure.kind", "error");

/// Devices that failed for the first time today and on this release, with failures and sessions.
fn touched(app: &str, release: &str, devices: u64, region: &str) -> Value {
    let one = |name: &str, value: u64, labels: &[(&str, &str)]| sum(name, &[point(&json!(value), labels)]);
    let screen = ("app.screen.name", "Checkout");
    let mut batch = batch(
        app,
        release,
        &[
            one("amends.failures", devices * 3, &[KIND, ("amends.outcome", "shown"), screen]),
            one("amends.apologies", devices * 2, &[KIND, screen]),
            one("amends.opportunities", devices * 300, &[KIND, screen]),
            one("amends.sessions", devices * 10, &[]),
            one("amends.sessions.failed", devices * 2, &[]),
            sum(
                "amends.devices.failed",
                &[
                    point(&json!(devices), &[("amends.first", "today")]),
                    point(&json!(devices), &[("amends.first", "release")]),
                ],
            ),
        ],
    );
    let resource = batch["resourceMetrics"][0]["resource"]["attributes"].as_array_mut().unwrap();
    resource.push(attribute("amends.region", region));
    batch
}

fn hiding() -> Server {
    Server::with(|config| config.min_devices = 5)
}

fn send(server: &Server, batch: &Value) {
    assert_eq!(server.client.send(batch).text(), "{}");
}

#[test]
fn the_numbers_stand_in_the_page_without_a_script() {
    let server = Server::start();
    send(&server, &touched("shop", "1.0", 1_234, "eu"));
    let page = server.client.get("/").text();
    for part in [
        "data-testid=\"sorry-today\">2,468<",
        "data-testid=\"failures-today\">3,702<",
        "data-testid=\"rate\">10.0<",
        "data-testid=\"failed-sessions\">20 %<",
        "data-testid=\"devices-today\">1,234<",
        "Checkout",
        "Said 2,468 times, for 3,702 failures noticed since midnight UTC.",
        "data-testid=\"headline\"",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    assert!(page.contains("/v1/tables/rate.csv?app=shop"), "{page}");
}

#[test]
fn headings_are_words() {
    let server = Server::start();
    for release in ["1.0", "1.1"] {
        send(&server, &touched("shop", release, 100, "eu"));
    }
    for page in ["/", "/releases"] {
        let html = server.client.get(page).text();
        assert!(html.contains("Hour (UTC)<") && !html.contains("read_as"), "{page}");
    }
}

#[test]
fn few_devices_are_hidden_on_the_page_in_json_and_in_csv() {
    let server = hiding();
    for (release, devices, region) in [("1.0", 600, "eu"), ("1.1", 40, "eu"), ("2.0", 2, "apac")] {
        send(&server, &touched("shop", release, devices, region));
    }
    let hidden = |name: &str| {
        let csv = server.client.get(&format!("/v1/tables/{name}.csv?app=shop")).text();
        let rows = csv.lines().filter(|line| line.contains("few devices"));
        rows.map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(hidden("by-release"), ["1.1", "2.0"], "1.1 goes with it, or 2.0 were had by subtraction");
    assert_eq!(hidden("by-region"), ["apac", "eu"]);
    assert_eq!(hidden("by-screen"), Vec::<String>::new());
    assert_eq!(hidden("releases"), ["2.0", "1.1"], "newest first");
    let rows = server.client.get("/v1/tables/by-release.json").json()["data"]["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["name"] == "2.0").unwrap().clone();
    assert_eq!((&row["failures"], &row["few_devices"]), (&Value::Null, &json!(true)));

    let totals = |query: &str| server.client.get(&format!("/v1/counts?{query}")).json()["data"].clone();
    let all = totals("");
    assert_eq!(all["totals"]["failures"], 642 * 3, "of the whole app it is said");
    assert_eq!(
        all["totals"]["by_release"]["2.0"],
        json!({ "failures": null, "apologies": null, "make_goods": null,
        "opportunities": null, "sessions": null, "failed_sessions": null, "few_devices": true })
    );
    assert_eq!(all["totals"]["by_release"]["1.0"]["failures"], 1_800);
    let few = totals("release=2.0");
    assert!(few["totals"]["failures"].is_null() && few["series"][0]["failures"].is_null(), "{few}");
    assert!(few["notes"].to_string().contains("few devices"));
    // What goes with it in the list is not to be asked for by itself either.
    for picked in ["release=1.1", "region=eu", "region=apac"] {
        assert!(totals(picked)["totals"]["failures"].is_null(), "{picked}");
    }
    assert_eq!(totals("release=1.0")["totals"]["failures"], 1_800);
    let csv = server.client.get("/v1/counts?release=2.0&format=csv").text();
    assert!(csv.lines().nth(1).unwrap().ends_with(",few devices,few devices"), "{csv}");

    for page in ["/", "/releases"] {
        let html = server.client.get(page).text();
        assert!(html.contains("few devices"), "{page}");
    }
    let live = server.client.get("/").text();
    assert!(!live.contains("data-testid=\"by-release\"><caption></caption>"));
}

#[test]
fn counts_come_as_csv() {
    let server = Server::start();
    send(&server, &touched("shop", "1.0", 3, "eu"));
    let answer = server.client.get("/v1/counts?since=2h&step=1h&format=csv");
    assert!(answer.header("content-type").starts_with("text/csv"));
    let text = answer.text();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("t,failures,apologies,make_goods,opportunities,sessions,failed_sessions"));
    let failures: i64 = lines.map(|line| line.split(',').nth(1).unwrap().parse::<i64>().unwrap()).sum();
    assert_eq!(failures, 9);
    let wrong = server.client.get("/v1/counts?format=xml");
    assert_eq!((wrong.status, wrong.json()["error"]["parameter"].as_str()), (400, Some("format")));
}

#[test]
fn every_table_comes_as_csv_and_json_and_says_so() {
    let server = Server::start();
    send(&server, &touched("shop", "1.0", 50, "eu"));
    for name in [
        "rate",
        "by-release",
        "by-screen",
        "by-kind",
        "by-segment",
        "by-region",
        "releases",
        "release-hours",
        "aftermath",
        "sentiment",
    ] {
        let json = server.client.get(&format!("/v1/tables/{name}.json?app=shop"));
        assert_eq!((json.status, &json.json()["data"]["table"]), (200, &json!(name)));
        let rows = json.json()["data"]["rows"].as_array().unwrap().len();
        let csv = server.client.get(&format!("/v1/tables/{name}.csv?app=shop"));
        assert_eq!((csv.status, csv.text().lines().count()), (200, rows + 1), "{name}");
    }
    for (path, parameter) in [
        ("nothing.json", "table"),
        ("rate.xml", "table"),
        ("rate.csv?hours=0", "hours"),
        ("rate.csv?hours=99999", "hours"),
        ("rate.csv?day=1", "day"),
        ("rate.csv?app=a&app=b", "app"),
    ] {
        let answer = server.client.get(&format!("/v1/tables/{path}"));
        assert_eq!(
            (answer.status, answer.json()["error"]["parameter"].as_str()),
            (400, Some(parameter)),
            "{path}"
        );
    }
}

#[test]
fn releases_are_compared_and_the_verdict_is_said() {
    let server = hiding();
    let page = |path: &str| server.client.get(path).text();
    assert!(page("/releases").contains("Nothing") || page("/releases").contains("No release counted yet"));
    let sessions = |release: &str, sessions: u64, failed: u64| {
        let one = |name: &str, value: u64| sum(name, &[point(&json!(value), &[])]);
        let first = sum("amends.devices.failed", &[point(&json!(failed), &[("amends.first", "release")])]);
        let metrics = [one("amends.sessions", sessions), one("amends.sessions.failed", failed), first];
        send(&server, &batch("shop", release, &metrics));
    };
    sessions("1.0", 9_000, 180);
    assert!(page("/releases").contains("Only one release so far"));
    sessions("1.1", 1_000, 80);
    let html = page("/releases");
    for part in
        ["Stop 1.1: it fails people more often", "4.00 times as often", "Roll it back.", "App Store", "8.0 %"]
    {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
    let turned = page("/releases?release=1.0&control=1.1");
    assert!(turned.contains("option value=\"1.0\" selected"), "{turned}");
    sessions("1.2", 100, 1);
    let few = page("/releases?release=1.2");
    assert!(few.contains("the figures are hidden") && !few.contains("1.0 % of 100"), "{few}");
}

#[test]
fn whether_sorry_helps_is_said_when_it_can_be() {
    let server = hiding();
    let page = || server.client.get("/sorry").text();
    assert!(page().contains("Can't tell yet") || page().contains("Can&#39;t tell yet"), "{}", page());
    let aftermath = |arm: &str, stayed: u64, left: u64| {
        let one = |after: &str, value: u64| {
            point(&json!(value), &[KIND, ("amends.arm", arm), ("amends.aftermath", after)])
        };
        send(
            &server,
            &batch(
                "shop",
                "1.0",
                &[sum("amends.aftermath", &[one("continued", stayed), one("abandoned", left)])],
            ),
        );
    };
    aftermath("apologised", 850, 150);
    aftermath("held_out", 3, 0);
    assert!(page().contains("few devices"), "three people are few");
    aftermath("held_out", 697, 300);
    let html = page();
    assert!(html.contains("Yes, saying sorry keeps people") && html.contains("+15.0 points"), "{html}");
    let feedback = |asked: &str, each: [u64; 5]| {
        let labels = [("amends.arm", "apologised"), ("amends.asked", asked)];
        send(&server, &batch("shop", "1.0", &[histogram("amends.feedback", &[answers(each, &labels)])]));
    };
    feedback("after_apology", [10, 10, 10, 30, 40]);
    feedback("pulse", [5, 5, 10, 40, 40]);
    let html = page();
    assert!(
        html.contains(
            "Right after an apology 70 % are content (4 or 5 of 5); at any other time 80 % (−10.0 points"
        ),
        "{html}"
    );
    assert!(html.contains("10 answered 1, 10 answered 2, 10 answered 3, 30 answered 4, 40 answered 5"));
}

#[test]
fn messages_are_previewed_also_with_a_document_of_ones_own() {
    let server = Server::start();
    let html = server.client.get("/messages?kind=dead_input&name=Jackie&language=en").text();
    assert!(html.contains("Jackie, something's wrong. Sorry about that, we are taking a look."), "{html}");
    let document =
        r#"{"version": 1, "rules": [{"when": {"segment": "vip"}, "say": {"en": "We call you, {name}."}}]}"#;
    let url = format!("{}/messages", server.client.url);
    let form = [("segment", "vip"), ("name", "Jackie"), ("document", document)];
    let answer = server.client.agent.post(&url).send_form(form).unwrap().body_mut().read_to_string().unwrap();
    assert!(answer.contains("We call you, Jackie."), "{answer}");
    let huge = "x".repeat(100_000);
    let answer = server.client.agent.post(&url).send_form([("document", &*huge)]).unwrap();
    assert_eq!(answer.status().as_u16(), 400);
}

#[test]
fn hostile_names_are_text_on_every_page() {
    let server = Server::start();
    let hostile = "<img src=x onerror=\"a()\">";
    let mut batch = touched(hostile, hostile, 9, hostile);
    batch["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0]["sum"]["dataPoints"][0]["attributes"][2] =
        attribute("app.screen.name", hostile);
    send(&server, &batch);
    for path in ["/", "/releases", "/sorry", "/messages", "/messages?name=%3Cimg&segment=%22%3E%3Cimg"] {
        let page = server.client.get(path).text();
        assert!(!page.contains("<img") && page.contains("&lt;img"), "{path}: {page}");
    }
}
