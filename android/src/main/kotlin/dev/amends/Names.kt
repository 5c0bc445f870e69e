package dev.amends

/** What sort of element was tapped. */
public typealias Role = dev.amends.core.Role

/** How an input was submitted. */
public typealias SubmitVia = dev.amends.core.SubmitVia

/** Evidence that the app did something. */
public typealias Reaction = dev.amends.core.Reaction

/** What sort of load. */
public typealias LoadKind = dev.amends.core.LoadKind

/** How a message ended. */
public typealias Response = dev.amends.core.Response

/** What was decided about a failure, and why. */
public typealias Decision = dev.amends.core.Decision
