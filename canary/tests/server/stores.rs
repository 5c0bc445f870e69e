//! `amends-canary store-plan --send-with`, against a stand-in for the stores that checks signatures.

use std::process::Command;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, KeyPair as _, RsaKeyPair, UnparsedPublicKey};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::{Value, json};

use crate::fixture::{Server, now_s};
use crate::rollout::{roll_out, roll_out_widely, server};
use crate::store_stand_in::{Held, StandIn};

/// Made for this test; opens nothing.
const RSA_KEY: &str = include_str!("test_only_key.pem");

fn run(canary: &Server, store: &StandIn, dir: &std::path::Path, args: &[&str]) -> (Option<i32>, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_amends-canary"))
        .args([&["store-plan"], args, &["--release", "2.0", "--api", &store.url]].concat())
        .env("AMENDS_URL", &canary.client.url)
        .env_remove("AMENDS_TOKEN")
        .current_dir(dir)
        .output()
        .unwrap();
    let out = serde_json::from_slice(&output.stdout);
    (output.status.code(), out.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))))
}

const PLAY: [&str; 9] = [
    "play",
    "--package",
    "com.example.shop",
    "--version-code",
    "420",
    "--raise-to",
    "0.2",
    "--send-with",
    "account.json",
];

/// A rollout at 5 %, beside the release before it.
fn track() -> Held {
    Held {
        releases: json!([
            { "name": "1.9", "versionCodes": ["410"], "status": "completed" },
            { "name": "2.0", "versionCodes": ["420"], "status": "inProgress", "userFraction": 0.05 },
        ]),
        ..Held::default()
    }
}

fn account(store: &StandIn) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let account = json!({
        "type": "service_account",
        "client_email": "gate@example.iam.gserviceaccount.com",
        "private_key": RSA_KEY,
        "token_uri": format!("{}/token", store.url),
    });
    std::fs::write(dir.path().join("account.json"), account.to_string()).unwrap();
    dir
}

/// Header and claims of a statement whose signature is right.
fn verified(
    statement: &str,
    algorithm: &'static dyn signature::VerificationAlgorithm,
    key: &[u8],
) -> (Value, Value) {
    let (signed, signature) = statement.rsplit_once('.').unwrap();
    let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
    UnparsedPublicKey::new(algorithm, key).verify(signed.as_bytes(), &decode(signature)).unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let json = |text: &str| serde_json::from_slice(&decode(text)).unwrap();
    (json(header), json(claims))
}

#[test]
fn a_bad_release_is_halted_on_google_play_and_the_others_stay() {
    let (canary, store) = (server(), StandIn::start(track()));
    let dir = account(&store);
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert_eq!((code, &plan["done"]), (Some(0), &json!("nothing: the verdict is to hold")));
    assert!(store.held.lock().unwrap().asked.is_empty());

    roll_out(&canary, 20);
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert_eq!(
        (code, &plan["dry_run"], &plan["done"]),
        (Some(0), &json!(false), &json!("420 is halted now"))
    );
    let held = store.held.lock().unwrap();
    assert_eq!(
        held.releases,
        json!([
            { "name": "1.9", "versionCodes": ["410"], "status": "completed" },
            { "name": "2.0", "versionCodes": ["420"], "status": "halted", "userFraction": 0.05 },
        ])
    );
    let app = "/androidpublisher/v3/applications/com.example.shop/edits";
    let asked = ["POST /token".to_owned(), format!("POST {app}")].into_iter().chain([
        format!("GET {app}/7/tracks/production"),
        format!("PUT {app}/7/tracks/production"),
        format!("POST {app}/7:commit"),
    ]);
    assert_eq!(held.asked, asked.collect::<Vec<_>>());
    assert_eq!(held.token, "an-hours-token");

    let key = RsaKeyPair::from_pkcs8(
        PrivatePkcs8KeyDer::from_pem_slice(RSA_KEY.as_bytes()).unwrap().secret_pkcs8_der(),
    );
    let key = key.unwrap();
    let (header, claims) =
        verified(&held.assertion, &signature::RSA_PKCS1_2048_8192_SHA256, key.public_key().as_ref());
    assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT" }));
    assert_eq!(claims["iss"], "gate@example.iam.gserviceaccount.com");
    assert_eq!(claims["scope"], "https://www.googleapis.com/auth/androidpublisher");
    assert_eq!(claims["aud"], format!("{}/token", store.url));
    let (from, to) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
    assert!(from.abs_diff(now_s()) < 120 && to == from + 3_600);
}

#[test]
fn a_good_release_is_raised_and_only_once() {
    let (canary, store) = (server(), StandIn::start(track()));
    let dir = account(&store);
    roll_out_widely(&canary);
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert_eq!((code, &plan["done"]), (Some(0), &json!("420 is inProgress at 0.2 now")));
    assert_eq!(store.held.lock().unwrap().releases[1]["userFraction"], 0.2);
    store.held.lock().unwrap().asked.clear();
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert_eq!((code, &plan["done"]), (Some(0), &json!("nothing: 420 is inProgress at 0.2 already")));
    let asked = &store.held.lock().unwrap().asked;
    assert!(!asked.iter().any(|what| what.starts_with("PUT") || what.ends_with(":commit")), "{asked:?}");
    assert!(asked.last().unwrap().starts_with("DELETE"), "the edit is closed: {asked:?}");
}

#[test]
fn what_a_store_refuses_is_said_and_ends_with_2() {
    let (canary, store) = (server(), StandIn::start(track()));
    let dir = account(&store);
    roll_out(&canary, 20);
    let commit = "POST /androidpublisher/v3/applications/com.example.shop/edits/7:commit";
    store.held.lock().unwrap().refuse = Some(commit.to_owned());
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert_eq!((code, &plan["done"], &plan["verdict"]), (Some(2), &Value::Null, &json!("rollback")));
    let error = plan["error"].as_str().unwrap();
    assert!(error.contains("403") && error.contains("no permission"), "{error}");
    assert_eq!(store.held.lock().unwrap().releases[1]["status"], "inProgress");

    store.held.lock().unwrap().releases[1]["status"] = json!("draft");
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert!(code == Some(2) && plan["error"].as_str().unwrap().contains("\"draft\""), "{plan}");

    std::fs::write(dir.path().join("account.json"), "{}").unwrap();
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert!(code == Some(2) && plan["error"].as_str().unwrap().contains("client_email"), "{plan}");
    std::fs::remove_file(dir.path().join("account.json")).unwrap();
    let (code, plan) = run(&canary, &store, dir.path(), &PLAY);
    assert!(
        code == Some(2) && plan["error"].as_str().unwrap().contains("cannot read account.json"),
        "{plan}"
    );
}

#[test]
fn a_bad_release_is_paused_on_the_app_store() {
    let (canary, dir) = (server(), tempfile::tempdir().unwrap());
    let store = StandIn::start(Held { phased_state: "ACTIVE".to_owned(), ..Held::default() });
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
    let pem = BASE64_STANDARD.encode(pkcs8.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{pem}\n-----END PRIVATE KEY-----\n");
    std::fs::write(dir.path().join("key.p8"), pem).unwrap();
    let args = ["app-store", "--phased-release", "4a1b-9f", "--send-with", "key.p8"];
    let args = [&args[..], &["--key-id", "2X9R4HXF34", "--issuer", "57246542-96fe"]].concat();
    roll_out(&canary, 20);
    let (code, plan) = run(&canary, &store, dir.path(), &args);
    assert_eq!((code, &plan["done"]), (Some(0), &json!("the phased release is PAUSED now")));
    let (code, plan) = run(&canary, &store, dir.path(), &args);
    assert_eq!((code, &plan["done"]), (Some(0), &json!("nothing: the phased release is PAUSED already")));

    let public = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &SystemRandom::new()).unwrap();
    let token = store.held.lock().unwrap().token.clone();
    let (header, claims) =
        verified(&token, &signature::ECDSA_P256_SHA256_FIXED, public.public_key().as_ref());
    assert_eq!(header, json!({ "alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT" }));
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!("57246542-96fe"), &json!("appstoreconnect-v1")));
    assert!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap() <= 1_200);

    // Paused by a person, or for a verdict before: a later promote does not undo that.
    let good = server();
    roll_out_widely(&good);
    let (code, plan) = run(&good, &store, dir.path(), &args);
    assert!(code == Some(2) && plan["error"].as_str().unwrap().contains("is PAUSED, not ACTIVE"), "{plan}");
    let patches = store.held.lock().unwrap().asked.iter().filter(|what| what.starts_with("PATCH")).count();
    assert_eq!(patches, 1);
}
