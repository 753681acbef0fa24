import Foundation
import Synchronization
import Testing

@testable import Inbox

/// The socket of a party, both ends in this process, in a directory of each test's own.
@Suite(.timeLimit(.minutes(10))) struct InboxTests {
    /// A party's thread that answers each command with what the closure makes of it.
    final class Party: Sendable {
        let server: InboxServer
        private let arrivals: AsyncStream<Void>
        private let seen = Mutex<[ReceivedCommand]>([])

        init(_ directory: String, greatestPayload: Int = CommandFrame.greatestPayload, user: UInt32 = geteuid()) throws
        {
            let (stream, arrival) = AsyncStream.makeStream(of: Void.self)
            arrivals = stream
            server = try InboxServer(directory: directory, greatestPayload: greatestPayload, user: user) {
                arrival.yield()
            }
        }

        var commands: [ReceivedCommand] { seen.withLock { $0 } }

        /// Answers so many commands.
        func answer(_ count: Int, _ body: @Sendable (ReceivedCommand) -> Void) async {
            var left = count
            for await _ in arrivals where left > 0 {
                for command in server.take() {
                    seen.withLock { $0.append(command) }
                    body(command)
                    left -= 1
                }
                if left == 0 { return }
            }
        }
    }

    let folder = NSTemporaryDirectory() + "inbox-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    /// Runs what blocks on a thread of its own: the tests' own threads are few.
    private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result(catching: body)) }.start()
        }
    }

    private func ask(_ frame: CommandFrame, in directory: String) async throws -> [UInt8] {
        try await onThread { try InboxClient(directory: directory, timeout: .seconds(20)).ask(frame) }
    }

    @Test func aCommandIsAnsweredWithWhatCameOfIt() async throws {
        let party = try Party(folder)
        defer { party.server.close() }
        let frame = CommandFrame(kind: 7, identity: (1, .max), payload: Array("visit".utf8))
        async let answered: Void = party.answer(2) { $0.finish($0.payload.reversed()) }
        #expect(try await ask(frame, in: folder) == Array("tisiv".utf8))
        // The longest that is taken, in many pieces.
        let long = CommandFrame(
            kind: 1, identity: (0, 0), payload: Array(repeating: 3, count: CommandFrame.greatestPayload))
        #expect(try await ask(long, in: folder).count == CommandFrame.greatestPayload)
        await answered
        let first = try #require(party.commands.first)
        #expect(first.kind == 7 && first.identity == (1, .max) && first.user == geteuid())
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/inbox")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func severalCommandsGoOverOneConnection() async throws {
        let party = try Party(folder)
        defer { party.server.close() }
        let directory = folder
        async let answered: Void = party.answer(3) { command in
            if command.kind == 2 { command.refuse("not today") } else { command.finish([command.kind]) }
        }
        try await onThread {
            let client = try InboxClient(directory: directory)
            for kind: UInt8 in 1...3 {
                let frame = CommandFrame(kind: kind, identity: (0, 0), payload: [])
                if kind == 2 {
                    #expect(throws: InboxError(.refused, "")) { try client.ask(frame) }
                } else {
                    #expect(try client.ask(frame) == [kind])
                }
            }
        }
        await answered
    }

    @Test func whatIsNoCommandIsTurnedAwayInOneLineAndNothingArrives() async throws {
        let party = try Party(folder, greatestPayload: 100)
        defer { party.server.close() }
        var newer = CommandFrame(kind: 1, identity: (0, 0), payload: [])
        newer.version = 2
        let cases: [(CommandFrame, String)] = [
            (newer, "the command is of version 2, this party reads 1"),
            (
                CommandFrame(kind: 1, identity: (0, 0), payload: Array(repeating: 0, count: 101)),
                "the command has 119 bytes, more than 118"
            ),
        ]
        for (frame, reason) in cases {
            do {
                _ = try await ask(frame, in: folder)
                Issue.record("taken: \(reason)")
            } catch let error as InboxError {
                #expect(error.code == .refused && error.reason.hasPrefix(reason), "\(error)")
                #expect(error.reason.hasSuffix("nothing was changed") && !error.reason.contains("\n"))
            }
        }
        #expect(party.server.take().isEmpty)
        #expect(CommandFrame(body: [UInt8](repeating: 0, count: 17)) == nil)
    }

    @Test func anotherUserIsTurnedAway() async throws {
        let party = try Party(folder, user: geteuid() + 1)
        defer { party.server.close() }
        do {
            _ = try await ask(CommandFrame(kind: 1, identity: (0, 0), payload: []), in: folder)
            Issue.record("a command of another user was taken")
        } catch let error as InboxError {
            #expect(error.code == .refused && error.reason.contains("user \(geteuid()) may not command"))
        }
        #expect(party.server.take().isEmpty)
    }

    /// What waits when the party stops, and what comes then, is refused; afterwards nobody listens.
    @Test func aPartyThatStopsRefusesWhatWaits() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try InboxServer(directory: folder) { arrival.yield() }
        let directory = folder
        async let asked = onThread {
            do throws(InboxError) {
                _ = try InboxClient(directory: directory).ask(CommandFrame(kind: 1, identity: (0, 0), payload: []))
                return ""
            } catch {
                return error.code == .refused ? error.reason : "\(error.code)"
            }
        }
        for await _ in arrivals { break }
        server.close()
        #expect(try await asked == "the party is stopping; nothing was changed")
        #expect(throws: InboxError(.notRunning, "")) { _ = try InboxClient(directory: folder) }
        #expect(!FileManager.default.fileExists(atPath: folder + "/inbox"))
    }

    /// A party that was killed leaves its socket behind: nobody listens there, and the next start takes its place.
    @Test func aSocketThatWasLeftBehindIsReplaced() async throws {
        let path = try SocketPath(directory: folder)
        let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(path.withAddress { bind(left, $0, $1) } == 0)
        close(left)
        #expect(throws: InboxError(.notRunning, "")) { _ = try InboxClient(directory: folder) }
        let party = try Party(folder)
        defer { party.server.close() }
        async let answered: Void = party.answer(1) { $0.finish([9]) }
        #expect(try await ask(CommandFrame(kind: 1, identity: (0, 0), payload: []), in: folder) == [9])
        await answered
    }

    /// An address holds 107 bytes; a directory may lie deeper than that.
    @Test func aDeepDirectoryHasAnInboxToo() async throws {
        let deep = folder + "/" + (0..<6).map { _ in String(repeating: "d", count: 200) }.joined(separator: "/")
        try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
        let party = try Party(deep)
        defer { party.server.close() }
        async let answered: Void = party.answer(1) { $0.finish([1]) }
        #expect(try await ask(CommandFrame(kind: 1, identity: (0, 0), payload: []), in: deep) == [1])
        await answered
    }

    @Test func moreThanCanWaitAreRefused() {
        let queue = CommandQueue {}
        let refused = Mutex<[String]>([])
        for _ in 0..<CommandQueue.capacity + 1 {
            queue.add(
                ReceivedCommand(kind: 1, identity: (0, 0), user: 0, payload: []) { status, text in
                    refused.withLock { $0.append("\(status) " + String(decoding: text, as: UTF8.self)) }
                })
        }
        #expect(refused.withLock { $0 } == ["refused 64 commands wait already; nothing was changed, try again"])
        #expect(queue.take().count == CommandQueue.capacity && queue.take().isEmpty)
    }

    @Test func nobodyListensInAStrangeDirectory() {
        #expect(throws: InboxError(.notRunning, "")) { _ = try InboxClient(directory: folder) }
        #expect(throws: InboxError(.notRunning, "")) { _ = try InboxClient(directory: folder + "/none") }
    }
}
