//! The signed statements by which stores know who asks (RFC 7519): RS256 for Google, ES256 for Apple.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::{Value, json};

use super::send::SendError;

/// A private key, as the store gives it out: PKCS#8 as PEM.
pub(super) enum Key {
    /// Of a service account at Google.
    Rsa(RsaKeyPair),
    /// Of App Store Connect, with its id.
    Ecdsa(EcdsaKeyPair, String),
}

impl Key {
    /// Google's.
    pub(super) fn rsa(pem: &str) -> Result<Self, SendError> {
        RsaKeyPair::from_pkcs8(der(pem)?.secret_pkcs8_der()).map(Self::Rsa).map_err(|error| no_key(&error))
    }

    /// Apple's.
    pub(super) fn ecdsa(pem: &str, id: &str) -> Result<Self, SendError> {
        let der = der(pem)?;
        let chance = SystemRandom::new();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.secret_pkcs8_der(), &chance)
            .map(|pair| Self::Ecdsa(pair, id.to_owned()))
            .map_err(|error| no_key(&error))
    }

    /// The claims with a header and a signature, as it is sent.
    pub(super) fn sign(&self, claims: &Value) -> Result<String, SendError> {
        let header = match self {
            Self::Rsa(_) => json!({ "alg": "RS256", "typ": "JWT" }),
            Self::Ecdsa(_, id) => json!({ "alg": "ES256", "kid": id, "typ": "JWT" }),
        };
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
        let chance = SystemRandom::new();
        let signature = match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, signed.as_bytes(), &mut signature).map(|()| signature)
            }
            Self::Ecdsa(pair, _) => {
                pair.sign(&chance, signed.as_bytes()).map(|signature| signature.as_ref().to_vec())
            }
        };
        let signature =
            signature.map_err(|_| SendError::Key("the key cannot sign; give another".to_owned()))?;
        Ok(format!("{signed}.{}", BASE64.encode(signature)))
    }
}

fn der(pem: &str) -> Result<PrivatePkcs8KeyDer<'static>, SendError> {
    PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| {
        SendError::Key("the private key is no PEM that begins with BEGIN PRIVATE KEY".to_owned())
    })
}

fn no_key(error: &ring::error::KeyRejected) -> SendError {
    SendError::Key(format!("the private key is of another kind ({error}): RSA for Google, P-256 for Apple"))
}
