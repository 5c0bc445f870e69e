//! Why a batch is not taken: what, where, and what to do.

use axum::http::StatusCode;

use crate::otlp::NotOtlp;
use crate::store::WriteError;

/// See the module. Each has one status, so that a device knows whether to keep the batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("Content-Type is {got:?}; send application/json or application/x-protobuf")]
    ContentType { got: String },
    #[error("Content-Encoding is {got:?}; send gzip or none")]
    ContentEncoding { got: String },
    #[error("Idempotency-Key must be one value of 16 to 128 visible characters; send 32 random hex digits")]
    Key,
    #[error("Authorization is missing; send Bearer and an ingest key of this canary")]
    NoIngestKey,
    #[error("Authorization has no ingest key of this canary; send Bearer and the right key")]
    WrongIngestKey,
    #[error("the body is larger than {limit} bytes after decompression; send smaller batches")]
    TooLarge { limit: usize },
    #[error("more than {limit} gzip members in one body; pack it as one")]
    TooManyMembers { limit: usize },
    #[error("the body ended early; send it again whole")]
    Cut,
    #[error("the body stopped arriving for {seconds} s, or took longer than {most} s; send it again")]
    Slow { seconds: u64, most: u64 },
    #[error("the body is no whole gzip stream ({0}); send it again, packed anew")]
    Gzip(String),
    #[error("the body is no OTLP metrics request: {0}")]
    NotOtlp(NotOtlp),
    #[error("this Idempotency-Key was used for another body; make a new key for each batch")]
    KeyReused,
    #[error("too many batches at once; send it again after Retry-After")]
    Busy,
    #[error("the store cannot write now ({0}), nothing was counted; send it again after Retry-After")]
    Unavailable(String),
    #[error(
        "app {app:?} is new and this canary already keeps {most} apps, nothing was counted; raise --max-apps or run another"
    )]
    TooManyApps { app: String, most: usize },
    #[error("reading the body failed within the canary; report it, with the body if you can")]
    Internal,
}

impl Refusal {
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Key | Self::Cut | Self::Gzip(_) | Self::NotOtlp(NotOtlp::Malformed(_)) => {
                StatusCode::BAD_REQUEST
            }
            Self::NoIngestKey | Self::WrongIngestKey => StatusCode::UNAUTHORIZED,
            Self::TooLarge { .. }
            | Self::TooManyMembers { .. }
            | Self::NotOtlp(NotOtlp::TooManyElements { .. } | NotOtlp::TooManyPoints { .. }) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::ContentType { .. } | Self::ContentEncoding { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy | Self::Unavailable(_) | Self::Slow { .. } | Self::TooManyApps { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The code of a `google.rpc.Status`.
    pub(super) const fn rpc_code(&self) -> u8 {
        match self {
            Self::NoIngestKey | Self::WrongIngestKey => 16,
            Self::TooLarge { .. }
            | Self::TooManyMembers { .. }
            | Self::NotOtlp(NotOtlp::TooManyElements { .. } | NotOtlp::TooManyPoints { .. }) => 8,
            Self::Busy | Self::Unavailable(_) | Self::Slow { .. } | Self::TooManyApps { .. } => 14,
            Self::KeyReused => 9,
            Self::Internal => 13,
            _ => 3,
        }
    }

    /// Seconds after which a retry may help; `None` where it would not.
    pub(super) const fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::Busy | Self::Slow { .. } => Some(2),
            Self::Unavailable(_) => Some(30),
            Self::TooManyApps { .. } => Some(600),
            _ => None,
        }
    }
}

impl From<NotOtlp> for Refusal {
    fn from(error: NotOtlp) -> Self {
        Self::NotOtlp(error)
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::KeyReused => Self::KeyReused,
            WriteError::Full => Self::Busy,
            WriteError::TooManyApps { app, most } => Self::TooManyApps { app, most },
            WriteError::Unavailable(detail) => Self::Unavailable(detail),
        }
    }
}
