import Foundation
import Inbox
package import PartyCore
import Synchronization

/// A party's inbox in a directory of its own, with a clerk behind it who answers as the test says.
package final class StandInParty: Sendable {
    package let directory: String
    private let server: InboxServer
    private let clerk: Task<Void, Never>
    private let isClosed = Mutex(false)
    private let commands = Mutex<[ReceivedCommand]>([])

    package init(_ answer: @escaping @Sendable (PartyCommand.Kind?, [UInt8]) -> [UInt8]?) throws {
        let directory = NSTemporaryDirectory() + "party-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try InboxServer(directory: directory) { arrival.yield() }
        self.server = server
        clerk = Task {
            for await _ in arrivals {
                for command in server.take() {
                    if let bytes = answer(PartyCommand.Kind(rawValue: command.kind), command.payload) {
                        command.finish(bytes)
                    } else {
                        command.refuse("not now")
                    }
                }
            }
        }
    }

    /// Harmless the second time: a test may end a party in the midst.
    package func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        clerk.cancel()
        server.close()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
