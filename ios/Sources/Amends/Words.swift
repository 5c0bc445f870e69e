internal import AmendsCore

extension Amends {
    /// What sort of element was tapped.
    public enum Role: Sendable, Hashable, CaseIterable {
        /// A button, icon button, card or row that acts when tapped.
        case button
        /// A link, also one that opens another app.
        case link
        /// A switch, checkbox or radio button.
        case toggle
        /// A tab or navigation item.
        case tab
        /// A text field. Never judged.
        case textField
        /// A stepper. Never judged: repeated taps are its purpose.
        case stepper
        /// A slider. Never judged.
        case slider
        /// A picker or wheel. Never judged.
        case picker
        /// A page control or segmented control. Never judged.
        case segmented
        /// Any key of a keyboard. Never judged.
        case keyboard
        /// Video, map, canvas, game or web content. Never judged: it reacts where nobody sees it.
        case surface
        /// Leave this element alone.
        case ignored
        /// Not something to tap: background, label, image.
        case plain

        var core: AmendsCore.Role {
            switch self {
            case .button: .button
            case .link: .link
            case .toggle: .toggle
            case .tab: .tab
            case .textField: .textField
            case .stepper: .stepper
            case .slider: .slider
            case .picker: .picker
            case .segmented: .segmented
            case .keyboard: .keyboard
            case .surface: .surface
            case .ignored: .ignored
            case .plain: .plain
            }
        }
    }

    /// How an input was submitted.
    public enum SubmitVia: Sendable, Hashable, CaseIterable {
        /// The Return key of a hardware keyboard.
        case enter
        /// The on-screen keyboard's search, go, send or done key.
        case editorAction
        /// The icon or button that belongs to the field.
        case icon

        var core: AmendsCore.SubmitVia {
            switch self {
            case .enter: .enter
            case .editorAction: .editorAction
            case .icon: .icon
            }
        }
    }

    /// Evidence that the app did something.
    public enum Reaction: Sendable, Hashable, CaseIterable {
        /// Layout, text or visibility changed.
        case frame
        /// Another screen, tab or page.
        case navigation
        /// Content scrolled.
        case scroll
        /// Focus moved.
        case focus
        /// The keyboard came or went.
        case keyboard
        /// A dialog, sheet, menu or system prompt appeared or went.
        case dialog
        /// Another app was opened.
        case leftApp

        var core: AmendsCore.Reaction {
            switch self {
            case .frame: .frame
            case .navigation: .navigation
            case .scroll: .scroll
            case .focus: .focus
            case .keyboard: .keyboard
            case .dialog: .dialog
            case .leftApp: .leftApp
            }
        }
    }

    /// What sort of load. Each has its own patience.
    public enum LoadKind: Sendable, Hashable, CaseIterable {
        /// A screen's content, a search, a page of a list.
        case content
        /// The app's start from nothing.
        case coldLaunch
        /// The app's start with the process alive and no screen.
        case warmLaunch
        /// The app's return with everything in memory.
        case hotLaunch

        var core: AmendsCore.LoadKind {
            switch self {
            case .content: .content
            case .coldLaunch: .coldLaunch
            case .warmLaunch: .warmLaunch
            case .hotLaunch: .hotLaunch
            }
        }
    }
}
