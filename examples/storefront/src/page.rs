//! Tells the page what the engine wants, and the drawer why.

use crate::log::Log;
use crate::news::News;
use amends_core::driver::{Clock, Host};
use amends_core::{Decision, Effect};
use std::sync::Arc;

/// The page, as the phone's driver sees it.
pub(crate) struct Page {
    pub(crate) log: Arc<Log>,
    pub(crate) clock: Clock,
}

impl Page {
    fn line(&self, text: String) {
        self.log.line(self.clock.now().monotonic.as_ms(), "effect", text);
    }
}

impl Host for Page {
    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Show(message) => {
                self.line(format!("show: “{}”", message.text));
                self.log.tell(message.into());
            }
            Effect::Ask(question) => {
                self.line(format!("ask: “{}”", question.text));
                self.log.tell(question.into());
            }
            Effect::Hide { message } => {
                self.line("take the message away".into());
                self.log.tell(News::Hide { id: message });
            }
            Effect::Operations(list) => {
                if let Some(status) = list.first() {
                    let title = status.title.as_deref().unwrap_or(&status.id);
                    self.line(format!("status of {title}: {}", status.progress_text));
                }
                self.log.set_operations(list.into_iter().map(Into::into).collect());
            }
            Effect::Upload(_) => {}
        }
    }

    fn decided(&mut self, decision: &Decision) {
        let screen = decision.screen.as_deref().map(|name| format!(" on {name}")).unwrap_or_default();
        let kind = decision.kind.as_str();
        let text = format!("{kind}{screen}: {}", decision.reason.as_str());
        self.log.decision(decision.at.as_ms(), kind, text);
    }
}
