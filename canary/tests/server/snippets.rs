//! The files of docs/rollouts, taken apart and run against a real canary: what a reader copies works.

use std::process::Command;

use serde_json::{Value, json};

use crate::fixture::{JSON, Server};
use crate::rollout::{Counted, server};

const IN_CLUSTER: &str = "http://amends-canary.amends:4390";

fn snippet(name: &str) -> Value {
    let path = format!("{}/../docs/rollouts/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Twelve hours of 4.1.0, of which 2 % fail, and of 4.2.0.
fn shop(sessions: u64, failed: u64) -> Server {
    let server = server();
    for hour in 0..12 {
        Counted::shop("4.1.0", 20_000, 400).send(&server, hour);
        Counted::shop("4.2.0", sessions, failed).send(&server, hour);
    }
    server
}

fn bad() -> Server {
    shop(500, 20)
}

fn good() -> Server {
    shop(20_000, 400)
}

fn early() -> Server {
    shop(50, 1)
}

fn path(url: &str) -> &str {
    url.strip_prefix(IN_CLUSTER).unwrap()
}

/// `result.FIELD == "WORD"`: all that the snippets ask of Argo's language.
fn holds(condition: &Value, result: &Value) -> bool {
    let (field, word) = condition.as_str().unwrap().split_once(" == ").unwrap();
    let field = field.strip_prefix("result.").unwrap();
    let word: String = serde_json::from_str(word).unwrap();
    assert!(result[field].is_string(), "{field} of {result}");
    result[field] == *word
}

#[test]
fn argo_takes_each_verdict_for_what_it_is() {
    let template = snippet("argo-analysis-template.yaml");
    let metric = &template["spec"]["metrics"][0];
    let web = &metric["provider"]["web"];
    let mut url = web["url"].as_str().unwrap().to_owned();
    for (name, value) in [("app", "shop"), ("release", "4.2.0"), ("control", "4.1.0")] {
        let names = template["spec"]["args"].as_array().unwrap();
        assert!(names.iter().any(|arg| arg["name"] == name), "{name} is an argument");
        url = url.replace(&format!("{{{{args.{name}}}}}"), value);
    }
    assert!(!url.contains("{{"), "{url}");
    assert_eq!(web["jsonPath"], "{$.data}");
    for (server, success, failure) in [(good(), true, false), (bad(), false, true), (early(), false, false)] {
        let answer = server.client.get(path(&url));
        assert_eq!(answer.status, 200, "anything else is an error of the analysis");
        let result = &answer.json()["data"];
        let found = (holds(&metric["successCondition"], result), holds(&metric["failureCondition"], result));
        assert_eq!(found, (success, failure), "{result}");
    }
}

/// The query as Flagger makes it of the template: variables filled in, white space made single.
fn flagger_query(template: &Value, variables: &Value) -> String {
    let mut query = template["spec"]["query"].as_str().unwrap().to_owned();
    for (name, value) in variables.as_object().unwrap() {
        query = query.replace(&format!("{{{{ variables.{name} }}}}"), value.as_str().unwrap());
    }
    assert!(!query.contains("{{"), "{query}");
    query.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn flaggers_metric_stays_within_its_range_unless_it_is_worse() {
    let (template, canary) = (snippet("flagger-metric-template.yaml"), snippet("flagger-canary.yaml"));
    let provider = &template["spec"]["provider"];
    assert_eq!((&provider["type"], &provider["address"]), (&json!("prometheus"), &json!(IN_CLUSTER)));
    let metric = &canary["spec"]["analysis"]["metrics"][0];
    assert_eq!(metric["templateRef"]["name"], template["metadata"]["name"]);
    let most = metric["thresholdRange"]["max"].as_f64().unwrap();
    let query = flagger_query(&template, &metric["templateVariables"]);
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("query", &query).finish();
    for (server, fine) in [(good(), true), (bad(), false), (early(), true)] {
        let answer = server.client.get(&format!("/api/v1/query?{query}"));
        let value = answer.json()["data"]["result"][0]["value"][1].as_str().map(str::parse::<f64>);
        let value = value.unwrap_or_else(|| panic!("{}", answer.text())).unwrap();
        assert_eq!(value <= most, fine, "{value}");
    }
}

#[test]
fn flaggers_hooks_say_yes_and_no() {
    let canary = snippet("flagger-canary.yaml");
    let hooks = canary["spec"]["analysis"]["webhooks"].as_array().unwrap().clone();
    let status = |server: &Server, kind: &str| {
        let hook = hooks.iter().find(|hook| hook["type"] == kind).unwrap();
        let payload = json!({
            "name": "shop", "namespace": "test", "phase": "Progressing", "checksum": "85d557f47b",
            "metadata": hook["metadata"],
        });
        let path = path(hook["url"].as_str().unwrap());
        server.client.post_to(path, payload.to_string().as_bytes(), JSON).status
    };
    for (server, promotion, rollback) in [(good(), 200, 403), (bad(), 403, 200), (early(), 403, 403)] {
        assert_eq!(
            (status(&server, "confirm-promotion"), status(&server, "rollback")),
            (promotion, rollback)
        );
    }
}

/// The step's own command, by a shell, with this canary's address and program.
#[cfg(unix)]
#[test]
fn the_step_of_github_actions_passes_and_fails() {
    let workflow = snippet("github-actions.yaml");
    let steps = workflow["jobs"]["gate"]["steps"].as_array().unwrap();
    let run =
        steps.iter().find(|step| step["name"] == "Wait for a verdict").unwrap()["run"].as_str().unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_amends-canary")).parent().unwrap();
    for (server, status) in [(good(), 0), (bad(), 1)] {
        let output = Command::new("sh")
            .args(["-ec", run])
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .env("AMENDS_URL", &server.client.url)
            .env("GITHUB_ACTIONS", "true")
            .envs([("RELEASE", "4.2.0"), ("CONTROL", "4.1.0")])
            .env_remove("AMENDS_TOKEN")
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(status), "{out}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(out.contains("\n::error "), status == 1, "{out}");
    }
}
