public import HostMachine
public import KafkaClient

/// Where a running party's commands come from and their answers go to. Called on the host's thread; whoever fills it does
/// so from another.
public protocol CommandInbox: Sendable {
    /// Begins to take commands: the directory's lock is held, and the party can answer.
    /// - Parameter waker: Ends the host's wait when a command has come.
    /// - Throws: What to do, when it cannot.
    func open(in directory: String, waking waker: ConsumerWaker) throws
    /// What came since the last time; must not wait.
    func take() -> [HostCommand]
    /// Gives an answer, once the command's effect is committed.
    func answer(_ reply: CommandReply)
    /// Refuses what waits and what still comes: the party is stopping.
    func close()
}
