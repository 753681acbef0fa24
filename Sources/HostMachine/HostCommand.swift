public import PartyCore

/// A command as it reached a running party.
public struct HostCommand: Sendable, Equatable {
    /// By which its answer is told from others.
    public var ticket: UInt64
    /// What is to be done.
    public var command: PartyCommand

    /// Takes both.
    public init(ticket: UInt64, _ command: PartyCommand) {
        self.ticket = ticket
        self.command = command
    }
}

/// The answer to a command, after the commit that holds its effect.
public struct CommandReply: Sendable, Equatable {
    /// The command's ticket.
    public var ticket: UInt64
    /// What came of it.
    public var answer: CommandAnswer

    /// Takes both.
    public init(ticket: UInt64, answer: CommandAnswer) {
        self.ticket = ticket
        self.answer = answer
    }
}
