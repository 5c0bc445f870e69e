internal import AmendsCore

extension Amends {
    /// Who is using the app: a first name, or how the person wants to be called; `nil` when signed out. It never
    /// leaves the device.
    public func person(_ name: String?) {
        queue.push(.person(name: name))
    }

    /// The value or cohort of this person in the app's own words ("vip", "trial"); `nil` for none. It leaves the
    /// device as a label: nothing that tells one person from another.
    public func segment(_ name: String?) {
        queue.push(.segment(name: name))
    }

    /// The languages that the person reads, best first, as BCP 47 tags (`pt-BR`), where the app lets them choose
    /// otherwise than in the system's settings. Messages come in the first that there are texts for.
    public func languages(_ tags: [String]) {
        queue.push(.languages(tags: tags))
    }

    /// Say nothing until `resume`: a call, a presentation, quiet hours. What is on the screen goes; failures are
    /// counted.
    public func pause() {
        queue.push(.pause)
    }

    /// The quiet time is over.
    public func resume() {
        queue.push(.resume)
    }

    /// The person does not want this, or does again with `.nothing`. Remembered until it is said otherwise.
    public func optOut(_ of: OptOut) {
        queue.push(.optedOut(of: of.core))
    }
}
