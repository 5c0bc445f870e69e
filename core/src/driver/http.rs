//! Uploads by `ureq`, each on a short-lived thread: a slow network must not hold up an apology.

use super::{Sender, Transport};
use crate::{Event, Upload, UploadAnswer, retry_after};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// HTTP for hosts without a stack of their own. One upload is under way at a time: the device sees to that.
pub struct Http {
    agent: ureq::Agent,
}

impl Default for Http {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // A redirect comes from a network in between; where it leads is not our canary.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self { agent: config.into() }
    }
}

impl Http {
    /// A transport with its own connection pool.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Transport for Http {
    fn begin(&mut self, upload: Upload, answer: Sender) {
        let agent = self.agent.clone();
        let id = upload.id;
        let unreachable = answer.clone();
        let thread = std::thread::Builder::new().name("amends-upload".into()).spawn(move || {
            answer.send(Event::Uploaded { upload: upload.id, answer: send(&agent, &upload) });
        });
        if thread.is_err() {
            unreachable.send(Event::Uploaded { upload: id, answer: UploadAnswer::Unreachable });
        }
    }
}

fn send(agent: &ureq::Agent, upload: &Upload) -> UploadAnswer {
    let mut request = agent.post(&upload.url);
    for (name, value) in &upload.headers {
        request = request.header(name, value);
    }
    match request.send(&upload.body[..]) {
        Err(_) => UploadAnswer::Unreachable,
        Ok(response) => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
            let after = header.and_then(|value| retry_after(value, u64::try_from(now).unwrap_or(0)));
            UploadAnswer::Status { code: response.status().as_u16(), retry_after: after }
        }
    }
}
