//! A server for a test, batches to send, and what the server counted.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amends_canary::{Canary, Config};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Agent;

pub(crate) const JSON: &str = "application/json";
pub(crate) const PROTOBUF: &str = "application/x-protobuf";

pub(crate) struct Server {
    canary: Option<Canary>,
    pub(crate) dir: TempDir,
    pub(crate) client: Client,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(set: impl Fn(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::new(dir.path(), SocketAddr::from(([127, 0, 0, 1], 0)));
        // Tests count one or two of everything.
        config.min_devices = 1;
        set(&mut config);
        let canary = Canary::start(&config).unwrap();
        let client = Client::new(canary.url());
        Self { canary: Some(canary), dir, client }
    }

    /// Stops it, and starts another on the same data.
    pub(crate) fn restart(&mut self) {
        self.stop();
        self.start_again();
    }

    /// Starts another on the same data.
    pub(crate) fn start_again(&mut self) {
        let mut config = Config::new(self.dir.path(), SocketAddr::from(([127, 0, 0, 1], 0)));
        config.min_devices = 1;
        let canary = Canary::start(&config).unwrap();
        self.client = Client::new(canary.url());
        self.canary = Some(canary);
    }

    pub(crate) fn stop(&mut self) {
        self.canary.take().unwrap().stop();
    }
}

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) url: String,
    pub(crate) agent: Agent,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Rejected points and message of a 200.
    pub(crate) fn partial(&self) -> (u64, String) {
        assert_eq!(self.status, 200, "{}", self.text());
        let partial = &self.json()["partialSuccess"];
        let rejected = partial["rejectedDataPoints"].as_str().map_or(0, |number| number.parse().unwrap());
        (rejected, partial["errorMessage"].as_str().unwrap_or("").to_owned())
    }
}

impl Client {
    pub(crate) fn new(url: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build();
        Self { url, agent: config.into() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        answer(self.agent.get(format!("{}{path}", self.url)).call().unwrap())
    }

    /// Sends a body with exactly these headers; `None` when the connection broke.
    pub(crate) fn try_post(&self, body: &[u8], headers: &[(&str, &str)]) -> Option<Answer> {
        let mut request = self.agent.post(format!("{}/v1/metrics", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send(body).ok().map(answer)
    }

    pub(crate) fn post(&self, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        self.try_post(body, headers).unwrap()
    }

    /// Sends a body of this type to a path.
    pub(crate) fn post_to(&self, path: &str, body: &[u8], content_type: &str) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.url)).header("content-type", content_type);
        answer(request.send(body).unwrap())
    }

    /// Sends JSON with a fresh key.
    pub(crate) fn send(&self, batch: &Value) -> Answer {
        self.post(batch.to_string().as_bytes(), &[("content-type", JSON), ("idempotency-key", &fresh_key())])
    }

    /// All samples of `/metrics`, but those of the process itself.
    pub(crate) fn totals(&self) -> BTreeMap<String, String> {
        let page = self.get("/metrics").text();
        page.lines()
            .filter(|line| !line.starts_with('#') && !line.starts_with("amends_canary_"))
            .map(|line| {
                let (name, value) = line.rsplit_once(' ').unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    /// Sum of a metric's samples whose labels contain all of `parts`.
    pub(crate) fn total(&self, name: &str, parts: &[&str]) -> i64 {
        let wanted =
            |key: &str| key.starts_with(&format!("{name}{{")) && parts.iter().all(|part| key.contains(part));
        self.totals()
            .iter()
            .filter(|(key, _)| wanted(key))
            .map(|(_, value)| value.parse::<i64>().unwrap())
            .sum()
    }
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap_or_default(),
    }
}

/// A key that no other test uses.
pub(crate) fn fresh_key() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2))
}

pub(crate) fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

pub(crate) fn attribute(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

/// A point of the last minute.
pub(crate) fn point(value: &Value, attributes: &[(&str, &str)]) -> Value {
    let attributes: Vec<_> = attributes.iter().map(|(key, value)| attribute(key, value)).collect();
    let end = now_s();
    json!({
        "startTimeUnixNano": ((end - 60) * 1_000_000_000).to_string(),
        "timeUnixNano": (end * 1_000_000_000).to_string(),
        "asInt": value,
        "attributes": attributes,
    })
}

pub(crate) fn sum(name: &str, points: &[Value]) -> Value {
    json!({ "name": name, "sum": { "aggregationTemporality": 1, "isMonotonic": true, "dataPoints": points } })
}

pub(crate) fn histogram(name: &str, points: &[Value]) -> Value {
    json!({ "name": name, "histogram": { "aggregationTemporality": 1, "dataPoints": points } })
}

/// A point of the last minute with this many answers of 1 to 5.
pub(crate) fn answers(buckets: [u64; 5], attributes: &[(&str, &str)]) -> Value {
    let mut answers = point(&Value::Null, attributes);
    answers.as_object_mut().unwrap().remove("asInt");
    answers["count"] = json!(buckets.iter().sum::<u64>().to_string());
    answers["sum"] = json!(buckets.iter().zip(1..).map(|(count, answer)| count * answer).sum::<u64>());
    answers["bucketCounts"] = buckets.iter().map(ToString::to_string).collect();
    answers["explicitBounds"] = json!([1, 2, 3, 4]);
    answers
}

pub(crate) fn batch(app: &str, release: &str, metrics: &[Value]) -> Value {
    json!({ "resourceMetrics": [{
        "resource": { "attributes": [
            attribute("service.name", app),
            attribute("service.version", release),
            attribute("os.name", "Android"),
            attribute("os.version", "15"),
            attribute("telemetry.sdk.name", "amends"),
        ] },
        "scopeMetrics": [{ "scope": { "name": "amends" }, "metrics": metrics }],
    }] })
}

pub(crate) const HANG_SHOWN: [(&str, &str); 3] =
    [("amends.failure.kind", "hang"), ("amends.outcome", "shown"), ("app.screen.name", "Home")];

/// `count` failures of one kind on one screen.
pub(crate) fn failures(app: &str, count: u64) -> Value {
    batch(app, "1.0", &[sum("amends.failures", &[point(&json!(count.to_string()), &HANG_SHOWN)])])
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Asks until the answer is there, for at most 30 s.
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(Instant::now() < deadline, "never came: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
