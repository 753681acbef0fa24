import Foundation
import Synchronization
import Testing

@testable import Inbox

/// The caller's end that blocks nobody.
@Suite struct InboxLaneTests {
    /// Answers as long as it lives: with the payload, in the order of the commands. On a thread of its own, because those that
    /// tasks share may all be busy for longer than a caller waits.
    final class Party: Sendable {
        let server: InboxServer
        private let arrived: DispatchSemaphore
        private let isClosed = Atomic(false)

        init(_ directory: String, _ answer: @escaping @Sendable (ReceivedCommand) -> Void) throws {
            let arrived = DispatchSemaphore(value: 0)
            self.arrived = arrived
            server = try InboxServer(directory: directory) { arrived.signal() }
            Thread { [self] in
                while true {
                    arrived.wait()
                    if isClosed.load(ordering: .relaxed) { return }
                    for command in server.take() { answer(command) }
                }
            }.start()
        }

        func close() {
            server.close()
            isClosed.store(true, ordering: .relaxed)
            arrived.signal()
        }
    }

    let folder = NSTemporaryDirectory() + "lane-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private func frame(_ text: String) -> CommandFrame {
        CommandFrame(kind: 1, identity: (1, 2), payload: Array(text.utf8))
    }

    @Test func manyCallersShareALaneAndEachGetsItsOwnAnswer() async throws {
        let party = try Party(folder) { $0.finish($0.payload) }
        defer { party.close() }
        let lane = InboxLane(directories: [folder])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let answer = try await lane.ask(frame("\(number)"))
                    #expect(answer == Array("\(number)".utf8))
                }
            }
            try await group.waitForAll()
        }
        let long = String(repeating: "a", count: 1 << 20)
        #expect(try await lane.ask(frame(long)).count == 1 << 20)
    }

    @Test func whatIsRefusedIsNotAskedAgain() async throws {
        let count = Mutex(0)
        let party = try Party(folder) { command in
            count.withLock { $0 += 1 }
            command.refuse("not today")
        }
        defer { party.close() }
        let lane = InboxLane(directories: [folder])
        await #expect(throws: InboxError(.refused, "")) { try await lane.ask(frame("a")) }
        #expect(count.withLock { $0 } == 1)
    }

    @Test func aPartyThatDoesNotRunIsWaitedForAndNotForEver() async throws {
        let lane = InboxLane(directories: [folder + "/none", folder], patience: .milliseconds(150))
        await #expect(throws: InboxError(.notRunning, "")) { try await lane.ask(frame("a")) }
        let patient = InboxLane(directories: [folder], patience: .seconds(30))
        async let answer = patient.ask(frame("later"))
        let party = try Party(folder) { $0.finish($0.payload) }
        defer { party.close() }
        #expect(try await answer == Array("later".utf8))
    }

    @Test func whatIsUnansweredWhenThePartyEndsIsAskedOfTheOneThatComesAfter() async throws {
        let (taken, take) = AsyncStream.makeStream(of: Void.self)
        let first = try Party(folder) { _ in take.yield() }
        let lane = InboxLane(directories: [folder], patience: .seconds(30))
        async let answer = lane.ask(frame("twice"))
        for await _ in taken { break }
        first.close()
        let second = try Party(folder) { $0.finish($0.payload) }
        defer { second.close() }
        #expect(try await answer == Array("twice".utf8))
    }

    @Test func aPartyThatIsSilentIsNotWaitedForForEver() async throws {
        let party = try Party(folder) { _ in }
        defer { party.close() }
        let lane = InboxLane(directories: [folder], patience: .milliseconds(10), timeout: .milliseconds(100))
        await #expect(throws: InboxError(.noAnswer, "")) { try await lane.ask(frame("a")) }
    }
}
