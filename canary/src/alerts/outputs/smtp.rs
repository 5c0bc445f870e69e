//! Mail.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};

use super::SendError;
use crate::alerts::notice::Notice;

/// How the connection is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    /// TLS from the first byte, port 465.
    Tls,
    /// STARTTLS, which has to be there, port 587.
    StartTls,
    /// None, port 25: for a relay on this machine.
    Plain,
}

/// See the module.
#[derive(Clone)]
pub(crate) struct Smtp {
    pub(crate) server: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) login: Option<(String, String)>,
    pub(crate) from: Mailbox,
    pub(crate) to: Vec<Mailbox>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Smtp")
    }
}

impl Smtp {
    pub(super) fn send(&self, notice: &Notice, timeout: Duration) -> Result<(), SendError> {
        let message = self.message(notice).map_err(|_| {
            SendError::Refused("the message cannot be written as mail; check from and to".to_owned())
        })?;
        let transport = self.transport(timeout)?;
        transport.send(&message).map(|_| ()).map_err(|error| failed(&error))
    }

    fn transport(&self, timeout: Duration) -> Result<SmtpTransport, SendError> {
        let tls = match self.security {
            Security::Plain => Tls::None,
            Security::Tls => Tls::Wrapper(self.tls()?),
            Security::StartTls => Tls::Required(self.tls()?),
        };
        let mut builder =
            SmtpTransport::builder_dangerous(&*self.server).port(self.port).timeout(Some(timeout)).tls(tls);
        if let Some((user, password)) = &self.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(builder.build())
    }

    fn tls(&self) -> Result<TlsParameters, SendError> {
        TlsParameters::new(self.server.clone()).map_err(|_| {
            SendError::Refused("the server's name cannot be used for TLS; check server".to_owned())
        })
    }

    fn message(&self, notice: &Notice) -> Result<Message, lettre::error::Error> {
        let mut builder: MessageBuilder = Message::builder().from(self.from.clone());
        for to in &self.to {
            builder = builder.to(to.clone());
        }
        let link = notice.link.as_ref().map_or(String::new(), |link| format!("\r\n\r\n{link}"));
        let standing = &notice.standing;
        builder
            // The same at each attempt, so that a mailbox shows it once.
            .message_id(Some(format!("<{}@amends-canary>", notice.id)))
            .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(notice.at_s).unwrap_or(0)))
            .subject(&notice.title)
            .header(ContentType::TEXT_PLAIN)
            .body(format!(
                "{}{link}\r\n\r\nalert {}, {}, {}\r\n",
                notice.text, standing.alert, standing.severity, standing.fingerprint
            ))
    }
}

/// In words of our own: a server's text may repeat addresses.
fn failed(error: &lettre::transport::smtp::Error) -> SendError {
    let code = error.status().map_or_else(String::new, |code| format!(" {code}"));
    if error.is_permanent() {
        return SendError::Refused(format!("the mail server refused it{code}"));
    }
    let what = if error.is_transient() {
        format!("the mail server wants it later{code}")
    } else if error.is_timeout() {
        "the mail server did not answer in time".to_owned()
    } else if error.is_tls() {
        "the mail server's certificate is not trusted, or it offers no TLS".to_owned()
    } else {
        "the mail server cannot be reached, or broke off".to_owned()
    };
    SendError::Again { what, after: None }
}
