//! Real servers that take messages, record them, and misbehave as they are told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::fixture::until;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What a receiver does with the next request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    Answer(u16),
    /// 429 with Retry-After in seconds.
    Later(u32),
    /// Reads, and never answers.
    Hang,
    /// Closes the connection.
    Break,
}

/// An HTTP server on loopback.
pub(crate) struct Receiver {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Receiver {
    /// Does each of these once, then answers 200.
    pub(crate) fn start(plan: &[Does]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let plan = Arc::new(Mutex::new(plan.iter().copied().collect::<VecDeque<_>>()));
        let own_seen = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (seen, plan) = (Arc::clone(&own_seen), Arc::clone(&plan));
                std::thread::spawn(move || serve(&stream.unwrap(), &seen, &plan));
            }
        });
        Self { url, seen }
    }

    /// What arrived so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits for so many requests.
    pub(crate) fn wait(&self, count: usize) -> Vec<Seen> {
        until("requests at the receiver", || Some(self.seen()).filter(|seen| seen.len() >= count))
    }
}

fn serve(stream: &TcpStream, seen: &Mutex<Vec<Seen>>, plan: &Mutex<VecDeque<Does>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 0 {
        let path = line.split(' ').nth(1).unwrap().to_owned();
        let mut headers = Vec::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            let Some((name, value)) = header.trim().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        let body = String::from_utf8(body).unwrap();
        let does = plan.lock().unwrap().pop_front().unwrap_or(Does::Answer(200));
        seen.lock().unwrap().push(Seen { path, headers, body });
        let (status, more) = match does {
            Does::Answer(status) => (status, String::new()),
            Does::Later(seconds) => (429, format!("retry-after: {seconds}\r\n")),
            Does::Hang => return std::thread::sleep(Duration::from_secs(120)),
            Does::Break => return,
        };
        let answer = format!("HTTP/1.1 {status} X\r\n{more}content-length: 2\r\n\r\nok");
        if (&mut &*stream).write_all(answer.as_bytes()).is_err() {
            return;
        }
        line.clear();
    }
}

/// An SMTP server on loopback without TLS.
pub(crate) struct Mailbox {
    pub(crate) port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    /// Refuses the first `refused` mails for now (451).
    pub(crate) fn start(refused: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let own = Arc::clone(&mails);
        std::thread::spawn(move || {
            let mut left = refused;
            for stream in listener.incoming() {
                converse(&stream.unwrap(), &own, &mut left);
            }
        });
        Self { port, mails }
    }

    /// Waits for so many mails: envelope and text of each.
    pub(crate) fn wait(&self, count: usize) -> Vec<String> {
        until("mails", || Some(self.mails.lock().unwrap().clone()).filter(|mails| mails.len() >= count))
    }
}

fn converse(stream: &TcpStream, mails: &Mutex<Vec<String>>, refused: &mut usize) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let say = |text: &str| (&mut &*stream).write_all(format!("{text}\r\n").as_bytes()).is_ok();
    say("220 mail.test ESMTP");
    let mut mail = String::new();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 0 {
        let verb = line.get(..4).unwrap_or("").to_ascii_uppercase();
        let answer = match &*verb {
            "EHLO" => "250-mail.test\r\n250 8BITMIME",
            "DATA" => {
                say("354 go on");
                loop {
                    line.clear();
                    reader.read_line(&mut line).unwrap();
                    if line == ".\r\n" {
                        break;
                    }
                    mail += &line;
                }
                if *refused > 0 {
                    *refused -= 1;
                    mails.lock().unwrap().push(format!("refused\r\n{mail}"));
                    "451 later"
                } else {
                    mails.lock().unwrap().push(mail.clone());
                    "250 taken"
                }
            }
            "QUIT" => "221 bye",
            _ => {
                mail += &line;
                "250 good"
            }
        };
        if !say(answer) {
            return;
        }
        line.clear();
    }
}
