package dev.amends

/** What sort of element was tapped. */
public typealias Role = dev.amends.core.Role

/** How an input was submitted. */
public typealias SubmitVia = dev.amends.core.SubmitVia

/** Evidence that the app did something. */
public typealias Reaction = dev.amends.core.Reaction

/** What sort of load. */
public typealias LoadKind = dev.amends.core.LoadKind

/** How good something is that the person sees. */
public typealias Content = dev.amends.core.Content

/** How far an operation is. */
public typealias OperationProgress = dev.amends.core.OperationProgress

/** What a person does not want. */
public typealias OptOut = dev.amends.core.OptOut

/** How the built-in texts sound. */
public typealias Tone = dev.amends.core.Tone

/** What a message is for. */
public typealias Purpose = dev.amends.core.Purpose

/** Something that the person can do from a message: what it does, what the button says, and what it opens. */
public typealias Action = dev.amends.core.Action

/** What an [Action] does. */
public typealias ActionKind = dev.amends.core.ActionKind

/** How a message ended. */
public typealias Response = dev.amends.core.Response

/** What was decided about a failure, and why. */
public typealias Decision = dev.amends.core.Decision
