//! Any message as a phone shows it, composed by the core that phones have.

use amends_core::{Document, Kind, Preview, Previewed, Tone, languages};
use maud::{Markup, html};

use super::frame::{Apps, word};

/// What is asked for; anything else is left as it is by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    kind: Kind,
    fixed: bool,
    warm: bool,
    language: String,
    name: String,
    segment: String,
    screen: String,
    document: String,
}

/// Longest field but the document, in characters.
const LONGEST: usize = 128;

impl Default for Asked {
    fn default() -> Self {
        Self {
            kind: Kind::DeadInput,
            fixed: false,
            warm: false,
            language: "en".to_owned(),
            name: "Jackie".to_owned(),
            segment: String::new(),
            screen: String::new(),
            document: String::new(),
        }
    }
}

impl Asked {
    /// Reads a query or the body of a form.
    pub(super) fn parse(query: &[u8]) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query) {
            let short = || value.chars().take(LONGEST).collect::<String>();
            match &*name {
                "kind" => {
                    if let Some(kind) = Kind::ALL.iter().find(|kind| kind.as_str() == value) {
                        asked.kind = *kind;
                    }
                }
                "purpose" => asked.fixed = value == "make_good",
                "tone" => asked.warm = value == Tone::Warm.as_str(),
                "language" => asked.language = short(),
                "name" => asked.name = short(),
                "segment" => asked.segment = short(),
                "screen" => asked.screen = short(),
                "document" => asked.document = value.into_owned(),
                _ => {}
            }
        }
        asked
    }
}

/// The page's main part.
pub(super) fn main(asked: &Asked, apps: &Apps<'_>, now_unix_ms: u64) -> Markup {
    let given = |text: &str| !text.trim().is_empty();
    let (document, error) = match given(&asked.document).then(|| Document::parse(&asked.document)) {
        None => (None, None),
        Some(Ok(document)) => (Some(document), None),
        Some(Err(error)) => (None, Some(error.to_string())),
    };
    let preview = Preview {
        document,
        tone: if asked.warm { Tone::Warm } else { Tone::Plain },
        language: &asked.language,
        name: given(&asked.name).then_some(&asked.name),
        segment: given(&asked.segment).then_some(&asked.segment),
        screen: given(&asked.screen).then_some(&asked.screen),
        release: "",
        times: 1,
        now_unix_ms,
    };
    let say = |kind: Kind| if asked.fixed { preview.make_good(kind) } else { preview.apology(kind) };
    let said = say(asked.kind);
    html! {
        section.usual {
            h1.headline { "What a person reads" }
            p.words { "Composed by the same core as on the phone. The name stays there: this is yours to try." }
        }
        (form(asked, apps, error.as_deref()))
        section aria-labelledby="phone-title" {
            h2 #phone-title { "On the phone" }
            (phone(&said, asked.fixed))
        }
        section.wide aria-labelledby="all-title" {
            h2 #all-title { "The same for every kind of failure" }
            div.scroll role="region" tabindex="0" aria-label="Every kind" {
                table data-testid="messages" {
                    caption.unseen { "Messages by kind" }
                    thead { tr { th scope="col" { "Kind" } th.text scope="col" { "Message" } } }
                    tbody {
                        @for kind in Kind::ALL {
                            @let said = say(*kind);
                            tr {
                                th scope="row" { (word(kind.as_str())) }
                                td.text lang=(said.language) dir=(direction(&said)) {
                                    @if said.silent { "Nothing: a rule keeps silent." } @else { (said.text) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(asked: &Asked, apps: &Apps<'_>, error: Option<&str>) -> Markup {
    let text = |name: &'static str, title: &'static str, value: &str| {
        html! { p { label for=(name) { (title) } input id=(name) name=(name) value=(value) maxlength="128" autocomplete="off"; } }
    };
    let choice =
        |value: &str, title: &str, chosen: bool| html! { option value=(value) selected[chosen] { (title) } };
    html! {
        form.fields method="post" action="/messages" aria-label="Which message" {
            @if let Some(app) = apps.chosen { input type="hidden" name="app" value=(app); }
            p {
                label for="kind" { "Kind of failure" }
                select #kind name="kind" {
                    @for kind in Kind::ALL { (choice(kind.as_str(), word(kind.as_str()), *kind == asked.kind)) }
                }
            }
            p {
                label for="purpose" { "When" }
                select #purpose name="purpose" {
                    (choice("apology", "It failed", !asked.fixed)) (choice("make_good", "It works again", asked.fixed))
                }
            }
            p {
                label for="language" { "Language" }
                select #language name="language" {
                    @for tag in languages() { (choice(tag, own_name(tag), tag == asked.language)) }
                }
            }
            p {
                label for="tone" { "Tone" }
                select #tone name="tone" { (choice("plain", "Plain", !asked.warm)) (choice("warm", "Warm", asked.warm)) }
            }
            (text("name", "Name", &asked.name))
            (text("segment", "Segment", &asked.segment))
            (text("screen", "Screen", &asked.screen))
            p.whole {
                label for="document" { "Your document, as JSON (rules by segment, incidents; docs/messages.md)" }
                textarea #document name="document" rows="5" spellcheck="false"
                    aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| "document-error")] { (asked.document) }
                @if let Some(error) = error {
                    span #document-error .error role="alert" { "Not used: " (error) }
                }
            }
            button { "Show" }
        }
    }
}

/// What a language is called by those who speak it.
fn own_name(tag: &str) -> &str {
    match tag {
        "ar" => "العربية",
        "cs" => "Čeština",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "ru" => "Русский",
        "sv" => "Svenska",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "zh" => "中文",
        other => other,
    }
}

const fn direction(said: &Previewed) -> &'static str {
    if said.right_to_left { "rtl" } else { "ltr" }
}

fn phone(said: &Previewed, fixed: bool) -> Markup {
    html! {
        div.phone data-testid="phone" {
            @if said.silent { p.words { "Nothing is shown: a rule keeps silent." } } @else {
                div.banner lang=(said.language) dir=(direction(said)) data-purpose=(if fixed { "make_good" } else { "apology" }) {
                    span.sign aria-hidden="true" { @if fixed { "✓" } @else { "!" } }
                    p data-testid="message" { (said.text) }
                    span.close title=(said.dismiss) { "×" }
                    @if !said.actions.is_empty() {
                        p.actions { @for action in &said.actions { span { (action.label) } } }
                    }
                }
            }
            div.app-below aria-hidden="true" { b {} b {} b {} b {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::vocabulary::Kind as Counted;

    fn page(query: &str) -> String {
        main(&Asked::parse(query.as_bytes()), &Apps { chosen: None, all: &[] }, 0).into_string()
    }

    #[test]
    fn it_shows_what_the_phone_would() {
        let html = page("kind=dead_input&language=en&name=Jackie");
        assert!(
            html.contains("Jackie, something's wrong. Sorry about that, we are taking a look."),
            "{html}"
        );
        assert!(page("language=ar").contains("dir=\"rtl\""));
        assert!(page("purpose=make_good").contains("Jackie, that's fixed now."));
        assert!(page("tone=warm").contains("really sorry"));
    }

    #[test]
    fn a_document_speaks_or_says_what_is_wrong_with_it() {
        let query = |document: &str| {
            form_urlencoded::Serializer::new(String::new())
                .append_pair("segment", "vip")
                .append_pair("document", document)
                .finish()
        };
        let vip =
            r#"{"version": 1, "rules": [{"when": {"segment": "vip"}, "say": {"en": "We <call> you."}}]}"#;
        assert!(page(&query(vip)).contains("We &lt;call&gt; you."));
        let broken = page(&query("{\"version\": 9}"));
        assert!(broken.contains("Not used: ") && broken.contains("aria-invalid=\"true\""), "{broken}");
    }

    #[test]
    fn every_language_has_its_own_name() {
        for tag in languages() {
            assert_ne!(own_name(tag), tag);
        }
    }

    #[test]
    fn the_core_and_the_wire_know_the_same_kinds() {
        let of_core: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        let mut of_wire = Counted::WORDS.to_vec();
        of_wire.sort_by_key(|word| of_core.iter().position(|known| known == word));
        assert_eq!(of_core, of_wire);
    }
}
