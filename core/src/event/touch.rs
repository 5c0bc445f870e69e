//! What a person does with an app, and how the app shows that it noticed.

/// Identifies an element on the screen while it lives: any number the host can make cheaply, such as an identity hash.
/// One that stays the same over launches (a hash of the element's own name) is better: then "that's fixed now" can also
/// be said at the next launch. Stays on the device.
pub type Target = u64;

/// A tap with one or more fingers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub struct Tap {
    /// The tapped element.
    pub target: Target,
    /// What sort of element it is.
    pub role: Role,
    /// Whether it is enabled and says that it can be tapped.
    #[cfg_attr(feature = "json", serde(default = "yes"))]
    pub enabled: bool,
    /// How many fingers took part in the gesture.
    #[cfg_attr(feature = "json", serde(default = "one"))]
    pub fingers: u8,
    /// Where on the screen, from its left, in whole dp (Android) or pt (iOS).
    #[cfg_attr(feature = "json", serde(default))]
    pub x: i32,
    /// Where on the screen, from its top, in whole dp or pt.
    #[cfg_attr(feature = "json", serde(default))]
    pub y: i32,
}

#[cfg(feature = "json")]
const fn yes() -> bool {
    true
}

#[cfg(feature = "json")]
const fn one() -> u8 {
    1
}

/// What sort of element was tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Role {
    /// A button, icon button, card or row that acts when tapped.
    Button,
    /// A link, also one that opens another app.
    Link,
    /// A switch, checkbox or radio button.
    Toggle,
    /// A tab or navigation item.
    Tab,
    /// A text field: reacts through caret and keyboard, which hooks may miss.
    TextField,
    /// A stepper: repeated taps are its purpose.
    Stepper,
    /// A slider.
    Slider,
    /// A picker or wheel.
    Picker,
    /// A page control or segmented control.
    Segmented,
    /// Any key of a keyboard.
    Keyboard,
    /// Video, map, canvas, game or web content: it reacts where hooks do not see it.
    Surface,
    /// The host asked to leave this element alone.
    Ignored,
    /// Not something to tap: background, label, image.
    Plain,
}

impl Role {
    /// Whether a tap on such an element may be judged dead or enraged. The exclusions are those of `PostHog` iOS and Datadog.
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Button | Self::Link | Self::Toggle | Self::Tab)
    }
}

/// How an input was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum SubmitVia {
    /// The Enter key.
    Enter,
    /// The keyboard's search, go, send or done action.
    EditorAction,
    /// The icon or button that belongs to the field.
    Icon,
}

/// Evidence that the app did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Reaction {
    /// Layout, text or visibility changed (not ripples, pressed states or a late frame of an older change).
    Frame,
    /// Another screen, tab or page.
    Navigation,
    /// Content scrolled.
    Scroll,
    /// Focus moved.
    Focus,
    /// The keyboard came or went.
    Keyboard,
    /// A dialog, sheet, menu or system prompt appeared or went.
    Dialog,
    /// Another app was opened.
    LeftApp,
}
