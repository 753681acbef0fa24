import EmbeddedBroker
import Foundation
import KafkaClient
import Logging
import Testing

/// Members of one group on the embedded broker, all served by the test's own thread.
@Suite struct GroupMembershipTests {
    /// A member and what it has.
    private final class Member {
        let membership: GroupMembership
        private(set) var has: Set<Int32> = []
        private(set) var changes: [GroupMembership.Change] = []

        init(_ settings: KafkaSettings, named name: String? = nil, session: Int = 1_000) throws {
            var own = GroupMembership.Settings(group: "party.instances", topic: "records")
            own.sessionTimeoutMilliseconds = session
            own.instance = name
            membership = try GroupMembership(settings: settings, membership: own)
        }

        func serve() { while membership.serve(timeoutMilliseconds: 5, take) {} }

        func take(_ change: GroupMembership.Change) {
            changes.append(change)
            switch change {
            case .given(let partitions): has.formUnion(partitions)
            case .taken(let partitions, _): has.subtract(partitions)
            case .problem: break
            }
        }

        var losses: Set<Int32> {
            changes.reduce(into: []) { if case .taken(let partitions, _) = $1 { $0.formUnion(partitions) } }
        }
    }

    /// Serves until something is so; false when it was not within 20 s.
    private func serve(_ members: Member..., until condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while !condition() {
            guard ContinuousClock.now < deadline else { return false }
            for member in members { member.serve() }
        }
        return true
    }

    private func withTopic(_ body: @escaping @Sendable (KafkaSettings) throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("group-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var configuration = BrokerConfiguration(dataDirectory: directory)
        configuration.port = 0
        configuration.initialRebalanceDelayMilliseconds = 0
        let broker = try await EmbeddedBroker.start(
            configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let settings = KafkaSettings(bootstrapServers: "127.0.0.1:\(broker.port)", clientIdentifier: "test")
        let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result {
                        let admin = try KafkaAdmin(settings: settings)
                        defer { admin.close() }
                        _ = try admin.createTopics([TopicSpecification(name: "records", partitions: 4)])
                        try body(settings)
                    })
            }
        }
        try await broker.stop()
        try result.get()
    }

    private static let all: Set<Int32> = [0, 1, 2, 3]

    /// Before 2.3.0 librdkafka aborts when such a member is destroyed, so it is left to the process's end; until then its
    /// thread may turn without rest, and that is another process's here.
    @Test func whoLeavesWhileJoiningEndsQuietly() async {
        await #expect(processExitsWith: .success) {
            let tests = GroupMembershipTests()
            try await tests.withTopic { settings in
                let stayer = try Member(settings, session: 60_000)
                #expect(tests.serve(stayer) { stayer.has == GroupMembershipTests.all })
                for round in 0..<30 {
                    let member = try Member(settings, session: 60_000)
                    let deadline = ContinuousClock.now + .milliseconds(round * 3)
                    while ContinuousClock.now < deadline { stayer.serve() }
                    // Not served itself, it may have joined and never heard what it is given.
                    member.membership.close(patienceMilliseconds: 20)
                }
                #expect(tests.serve(stayer) { stayer.has == GroupMembershipTests.all })
                stayer.membership.close()
            }
        }
    }

    @Test func twoMembersShareAndWhoLeavesGivesBackAtOnce() async throws {
        try await withTopic { settings in
            let first = try Member(settings, session: 60_000)
            #expect(serve(first) { first.has == Self.all })
            let second = try Member(settings, session: 60_000)
            #expect(serve(first, second) { first.has.count == 2 && second.has.count == 2 })
            #expect(first.has.isDisjoint(with: second.has))
            // Only what moves is taken away, and whose session is over is nobody's.
            #expect(first.losses == second.has)
            #expect(!first.changes.contains { if case .taken(_, true) = $0 { true } else { false } })
            var letGo: Set<Int32> = []
            second.membership.close { if case .taken(let partitions, false) = $0 { letGo.formUnion(partitions) } }
            #expect(letGo == second.has)
            // Long before its session would be over.
            #expect(serve(first) { first.has == Self.all })
            first.membership.close()
        }
    }

    @Test func whatADeadMemberHadMovesAfterItsSession() async throws {
        try await withTopic { settings in
            let first = try Member(settings)
            var second: Member? = try Member(settings)
            if let second {
                #expect(serve(first, second) { first.has.count == 2 && second.has.count == 2 })
            }
            // Released without a word to the broker, as when its process dies.
            second = nil
            #expect(serve(first) { first.has == Self.all })
            first.membership.close()
        }
    }

    @Test func aNamedMemberHasItsPartitionsAgainAfterARestart() async throws {
        try await withTopic { settings in
            let first = try Member(settings, named: "a", session: 60_000)
            let second = try Member(settings, named: "b", session: 60_000)
            #expect(serve(first, second) { first.has.count == 2 && second.has.count == 2 })
            let (had, losses) = (second.has, first.losses)
            second.membership.close()
            let again = try Member(settings, named: "b", session: 60_000)
            #expect(serve(first, again) { !again.has.isEmpty })
            #expect(again.has == had && first.losses == losses)
            again.membership.close()
            first.membership.close()
        }
    }

    @Test func ofTwoMembersWithOneNameTheFormerLearnsThatItIsReplaced() async throws {
        try await withTopic { settings in
            let former = try Member(settings, named: "a", session: 60_000)
            #expect(serve(former) { former.has == Self.all })
            let latter = try Member(settings, named: "a", session: 60_000)
            func isFenced(_ change: GroupMembership.Change) -> Bool {
                if case .problem(let error) = change {
                    error.isFatal && error.message.contains("fenced")
                } else {
                    false
                }
            }
            #expect(serve(former, latter) { latter.has == Self.all && former.changes.contains(where: isFenced) })
            latter.membership.close()
            former.membership.close()
        }
    }

    /// librdkafka puts who does not ask for records out of the group; waiting for changes must count as asking.
    @Test func aMemberThatOnlyWaitsStaysInTheGroup() async throws {
        try await withTopic { settings in
            var settings = settings
            settings.extra["max.poll.interval.ms"] = "1000"
            let member = try Member(settings)
            #expect(serve(member) { member.has == Self.all })
            let end = ContinuousClock.now + .milliseconds(2_500)
            while ContinuousClock.now < end { member.membership.serve(timeoutMilliseconds: 300, member.take) }
            #expect(member.changes == [.given([0, 1, 2, 3])])
            member.membership.close()
        }
    }

    @Test func aMemberBeyondThePartitionsWaitsAsASpare() async throws {
        try await withTopic { settings in
            let members = try (0..<5).map { _ in try Member(settings) }
            let deadline = ContinuousClock.now + .seconds(20)
            while members.map(\.has.count).sorted() != [0, 1, 1, 1, 1], ContinuousClock.now < deadline {
                for member in members { member.serve() }
            }
            #expect(members.reduce(into: Set()) { $0.formUnion($1.has) } == Self.all)
            #expect(members.map(\.has.count).sorted() == [0, 1, 1, 1, 1])
            for member in members { member.membership.close() }
        }
    }

    @Test func aWakerEndsTheWaitAndASettingThatCannotBeIsRefused() async throws {
        try await withTopic { settings in
            let member = try Member(settings, session: 60_000)
            #expect(serve(member) { member.has == Self.all })
            let waker = member.membership.waker()
            let start = ContinuousClock.now
            Thread.detachNewThread { waker.wake() }
            while ContinuousClock.now - start < .seconds(10),
                member.membership.serve(timeoutMilliseconds: 30_000, { _ in })
            {}
            #expect(ContinuousClock.now - start < .seconds(10))
            member.membership.close()
            #expect(!member.membership.serve(timeoutMilliseconds: 30_000) { _ in })
            #expect(throws: KafkaError.self) { try Member(settings, session: -1) }
        }
    }

    @Test func offsetsThatAGroupHasCommittedCanBeAskedFor() async throws {
        try await withTopic { settings in
            let places = (0..<2).map { TopicPartition(topic: "records", partition: $0) }
            let reader = try KafkaConsumer(
                settings: settings, groupName: "party",
                assignments: places.map { PartitionAssignment($0, start: .beginning) })
            #expect(try reader.committed(places) == [:])
            try reader.commit([places[1]: 7])
            reader.close(commitDeadlineMilliseconds: 5_000)
            let other = try KafkaConsumer(
                settings: settings, groupName: "party",
                assignments: [PartitionAssignment(places[0], start: .beginning)])
            #expect(try other.committed(places, timeoutMilliseconds: 5_000) == [places[1]: 7])
            other.close()
        }
    }
}
