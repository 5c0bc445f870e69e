//! `amends-canary gate`: a step of a pipeline that waits for a verdict, and ends as it says.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;

use super::ask::{Answer, AskError, Asked, Asker, Word};
use super::duration::{duration, pause};
use super::say;

/// Failed attempts in a row after which a canary is given up.
const ATTEMPTS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_secs(1);

const AFTER_HELP: &str = "\
Ends with 0 to promote, 1 to roll back, 2 where it could not ask, 3 where it held until the timeout.

Example:
  amends-canary gate --url https://canary.example.com --app shop --release 4.2.0 --timeout 30m";

/// See the module.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Gate {
    #[command(flatten)]
    asked: Asked,
    /// How long to wait while the verdict is to hold; 0s asks once.
    #[arg(long, default_value = "30m", value_parser = duration)]
    timeout: Duration,
    /// Between two questions; 1s or more.
    #[arg(long, default_value = "60s", value_parser = pause)]
    interval: Duration,
    /// Print the last answer as JSON; what happens meanwhile goes to the error output.
    #[arg(long)]
    json: bool,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Promote,
    Rollback,
    CouldNotAsk,
    TimedOut,
}

impl End {
    const fn code(self) -> u8 {
        match self {
            Self::Promote => 0,
            Self::Rollback => 1,
            Self::CouldNotAsk => 2,
            Self::TimedOut => 3,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Promote => "promote",
            Self::Rollback => "rollback",
            Self::CouldNotAsk => "error",
            Self::TimedOut => "timeout",
        }
    }
}

/// Time, real or of a test.
trait Clock {
    /// Since it was made.
    fn elapsed(&self) -> Duration;
    fn sleep(&mut self, time: Duration);
}

struct RealClock(Instant);

impl Clock for RealClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Asks until there is a verdict, the time is over or the canary is gone.
pub(crate) fn run(options: Gate) -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let release = options.asked.release.clone();
    let asker = Asker::new(options.asked);
    let mut waiting = Waiting { timeout: options.timeout, interval: options.interval, answer: None };
    let mut clock = RealClock(Instant::now());
    let lines: &mut dyn Write = if options.json { &mut err } else { &mut out };
    let (end, why) = waiting.wait(&mut clock, || asker.ask(), lines);
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        say(lines, &annotation(end, &release, &why));
    }
    if options.json {
        let waited_s = clock.elapsed().as_secs();
        let data = waiting.answer.map(|answer| answer.data);
        let result = json!({ "result": end.word(), "why": why, "waited_s": waited_s, "data": data });
        say(&mut out, &result.to_string());
    } else if end == End::CouldNotAsk {
        say(&mut err, &format!("amends-canary: {why}"));
    }
    ExitCode::from(end.code())
}

/// A wait, and the last answer in it.
struct Waiting {
    timeout: Duration,
    interval: Duration,
    answer: Option<Answer>,
}

impl Waiting {
    /// A line where the verdict or its reason changes. Gives the end and why.
    fn wait(
        &mut self,
        clock: &mut dyn Clock,
        mut ask: impl FnMut() -> Result<Answer, AskError>,
        lines: &mut dyn Write,
    ) -> (End, String) {
        let mut failed = 0;
        loop {
            let mut pause = self.interval;
            match ask() {
                Ok(answer) => {
                    failed = 0;
                    if self.differs(&answer) {
                        say(lines, &format!("{}: {}", answer.verdict.text(), answer.sentence));
                    }
                    let (verdict, sentence) = (answer.verdict, answer.sentence.clone());
                    self.answer = Some(answer);
                    match verdict {
                        Word::Promote => return (End::Promote, sentence),
                        Word::Rollback => return (End::Rollback, sentence),
                        Word::Hold if clock.elapsed() >= self.timeout => {
                            let over = format!("Held for {} s: {sentence}", self.timeout.as_secs());
                            say(lines, &over);
                            return (End::TimedOut, over);
                        }
                        Word::Hold => {}
                    }
                }
                Err(AskError::Wrong(why)) => return (End::CouldNotAsk, why),
                Err(AskError::Away(why)) => {
                    failed += 1;
                    if failed >= ATTEMPTS || clock.elapsed() >= self.timeout {
                        return (End::CouldNotAsk, format!("{why}; gave up after {failed} attempts"));
                    }
                    say(lines, &format!("{why}; trying again"));
                    pause = pause.min(FIRST_PAUSE * 2_u32.pow(failed - 1));
                }
            }
            // The last question is asked when the time is over.
            clock.sleep(pause.min(self.timeout.saturating_sub(clock.elapsed())));
        }
    }

    fn differs(&self, answer: &Answer) -> bool {
        self.answer
            .as_ref()
            .is_none_or(|last| (last.verdict, &last.reason) != (answer.verdict, &answer.reason))
    }
}

/// A command to GitHub's runner: shown at the run and the commit.
fn annotation(end: End, release: &str, why: &str) -> String {
    let (level, title) = match end {
        End::Promote => ("notice", "promote"),
        End::Rollback => ("error", "roll back"),
        End::CouldNotAsk => ("error", "no verdict on"),
        End::TimedOut => ("error", "still too early for"),
    };
    let text = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |value: &str| text(value).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} title={}::{}", property(&format!("Amends: {title} {release}")), text(why))
}

#[cfg(test)]
mod tests;
