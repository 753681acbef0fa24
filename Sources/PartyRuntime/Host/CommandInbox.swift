public import HostMachine
public import KafkaClient

/// Where a running party's commands come from and their answers go to. Called on the host's thread; whoever fills it does
/// so from another.
public protocol CommandInbox: Sendable {
    /// What came since the last time; must not wait.
    func take() -> [HostCommand]
    /// Gives an answer, once the command's effect is committed.
    func answer(_ reply: CommandReply)
    /// Gets what ends the host's wait when a command has come.
    func wakes(_ waker: ConsumerWaker)
}
