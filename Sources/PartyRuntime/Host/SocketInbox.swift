import ExchangeSchema
public import HostMachine
import Inbox
public import KafkaClient
import PartyCore
import Synchronization

/// The inbox of a running party: a Unix socket in its data directory. Commands go out of the socket into the next batch,
/// answers back once the batch is committed.
public final class SocketInbox: CommandInbox {
    private struct State {
        var server: InboxServer?
        var callers: [UInt64: ReceivedCommand] = [:]
        var lastTicket: UInt64 = 0
    }

    private let state = Mutex(State())

    /// An inbox that is not open yet.
    public init() {}

    /// Listens in the directory.
    /// - Throws: `InboxError` when the socket cannot be made.
    public func open(in directory: String, waking waker: ConsumerWaker) throws {
        let server = try InboxServer(directory: directory) { waker.wake() }
        state.withLock { $0.server = server }
    }

    /// What came; what is no command that a party knows is refused at once.
    public func take() -> [HostCommand] {
        guard let received = state.withLock({ $0.server })?.take(), !received.isEmpty else { return [] }
        return received.compactMap { command in
            guard let kind = PartyCommand.Kind(rawValue: command.kind) else {
                command.refuse(
                    "there is no command \(command.kind); use programs of one version; nothing was changed")
                return nil
            }
            let ticket = state.withLock { state in
                state.lastTicket += 1
                state.callers[state.lastTicket] = command
                return state.lastTicket
            }
            let identity = RecordIdentifier(high: command.identity.high, low: command.identity.low)
            return HostCommand(
                ticket: ticket,
                PartyCommand(
                    kind, identity: MessageIdentifier(identity), caller: command.user, payload: command.payload))
        }
    }

    /// Answers whoever gave the command.
    public func answer(_ reply: CommandReply) {
        guard let caller = state.withLock({ $0.callers.removeValue(forKey: reply.ticket) }) else { return }
        switch reply.answer.verdict.decision {
        case .notAddressed, .refused: caller.refuse(String(decoding: reply.answer.bytes, as: UTF8.self))
        default: caller.finish(reply.answer.bytes)
        }
    }

    /// Refuses what still comes, and takes the socket away.
    public func close() {
        state.withLock { state in
            defer { state.server = nil }
            return state.server
        }?.close()
    }
}
