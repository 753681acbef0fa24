import BrokerTestSupport
import EmbeddedBroker
import ExchangeSchema
import Foundation
import KafkaClient
import Logging
import PartyCore
import PartyStore
import Testing
import Vocabulary

@testable import PartyRuntime

/// Whatever a broker answers to whichever produce, and whether it has stored the records or not: what the publisher
/// takes as confirmed is in the topic, in its order, and nothing is left out.
@Suite struct DeliveryFaultTests {
    /// Errors after which a client may try again, by their numbers in Kafka's protocol.
    static let errors: [Int16] = [
        2, 3, 5, 6, 7, 13, 19, 20, 46, 56, 72, 74, 75,
    ]

    /// A fault at one place of one partition's produces.
    struct Case: Sendable, CustomStringConvertible {
        var fate: FaultyBroker.Fate
        var place: Int
        var description: String { "\(fate) at produce \(place)" }

        /// What the client library does not send again by itself goes again as a whole chunk, behind what was sent
        /// meanwhile: receivers keep the order of one record's revisions by their numbers. A duplicate that is stored
        /// nowhere is the same to it.
        var keepsOrder: Bool {
            guard case .refused(let error) = fate else { return true }
            return ![2, 13, 46, 72, 74, 75].contains(error)
        }
    }

    static let cases: [Case] = [1, 3, 6].flatMap { place in
        let answered = errors.flatMap { [FaultyBroker.Fate.refused($0), .storedAndRefused($0)] }
        return (answered + [.dropped, .storedAndDropped]).map { Case(fate: $0, place: place) }
    }

    @Test func nothingIsLostWhateverAProduceIsAnswered() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("delivery-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = BrokerConfiguration(dataDirectory: folder)
        configuration.port = 0
        configuration.advertisedHost = FaultyBroker.host
        let broker = try await EmbeddedBroker.start(configuration, logger: Logger(label: "broker"))
        // A topic a case, named by its number.
        let faulty = try FaultyBroker(beforePort: broker.port) { produce in
            guard let number = Int(produce.topic.dropFirst()), Self.cases.indices.contains(number),
                produce.number == Self.cases[number].place
            else { return .goes }
            return Self.cases[number].fate
        }
        let width = 8
        try await withThrowingTaskGroup { group in
            for lane in 0..<width {
                group.addTask {
                    for number in stride(from: lane, to: Self.cases.count, by: width) {
                        try await OneDelivery.run("t\(number)", at: faulty.address, Self.cases[number])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(faulty.faults >= Self.cases.count * OneDelivery.partitions)
        faulty.stop()
        try await broker.stop()
    }
}

/// Six chunks through a publisher, into a topic of three partitions.
struct OneDelivery {
    static let partitions = 3
    static let chunks = 6
    static let recordsOfChunk = 40

    private var publisher: Publisher
    private let settings: KafkaSettings
    private let topic: String
    private let what: DeliveryFaultTests.Case
    private var name: String { what.description }

    static func run(_ topic: String, at address: String, _ what: DeliveryFaultTests.Case) async throws {
        // On a thread of its own: what it waits for comes from threads that the tests share.
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            Thread {
                done.resume(with: Result { try OneDelivery(topic, at: address, what).check() })
            }.start()
        }
    }

    private init(_ topic: String, at address: String, _ what: DeliveryFaultTests.Case) throws {
        self.topic = topic
        self.what = what
        var settings = KafkaSettings(bootstrapServers: address)
        settings.messageTimeoutMilliseconds = 0
        settings.lingerMilliseconds = 1
        settings.extra = ["retry.backoff.ms": "20", "reconnect.backoff.ms": "20"]
        self.settings = settings
        let setup = PartyWiring.WiredTopicSettings(
            name: topic, partitions: Self.partitions, configuration: [:], retainedFor: [])
        _ = try TopicSetup.prepare(
            settings: settings, topics: [setup], timeout: .seconds(20), logger: Logger(label: "setup"))
        publisher = try Self.publisher(topic, settings)
    }

    private static func publisher(_ topic: String, _ settings: KafkaSettings) throws -> Publisher {
        Publisher(
            producer: try KafkaProducer(settings: settings, topics: [topic]), source: "/test",
            writes: [WiredTopic(name: topic, type: .facilityRecord, partitions: partitions)],
            partitions: [topic: partitions])
    }

    private consuming func check() throws {
        var unsent = Array(0..<Int64(Self.chunks))[...]
        var done: Set<Int64> = []
        let deadline = ContinuousClock.now + .seconds(60)
        while done.count < Self.chunks, ContinuousClock.now < deadline {
            do throws(KafkaError) {
                // One chunk after the other, so that the produces of a partition are several.
                if let number = unsent.popFirst() { try publish(number) }
            } catch {
                try #require(error.isFatal, "\(name)")
            }
            done.formUnion(publisher.takeConfirmed())
            unsent.append(contentsOf: publisher.takeFailed())
            guard publisher.takeProblems().contains(where: \.isFatal) else { continue }
            // A client that can do no more ends the party; the next start sends what is not confirmed.
            publisher.close()
            publisher = try Self.publisher(topic, settings)
            unsent = (0..<Int64(Self.chunks)).filter { !done.contains($0) }[...]
        }
        #expect(done.count == Self.chunks, "\(name): not confirmed")
        publisher.close()

        let admin = try KafkaAdmin(settings: settings)
        let ends = try admin.ends(ofTopic: topic, partitions: Self.partitions)
        admin.close()
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: (0..<Self.partitions).map {
                PartitionAssignment(TopicPartition(topic: topic, partition: Int32($0)), start: .beginning)
            }, headerNames: ["ce_id"])
        var seen: [Int32: [UInt64]] = [:]
        var read: Int64 = 0
        var batch = ConsumedBatch()
        while read < ends.reduce(0, +), ContinuousClock.now < deadline {
            consumer.next(into: &batch, maximum: 1_000, timeoutMilliseconds: 1_000)
            read += Int64(batch.records.count)
            for (index, record) in batch.records.enumerated() {
                let id = batch.withBytes(batch.header(0, ofRecordAt: index)) { RecordIdentifier(utf8: $0) }
                let number = try #require(id).low
                // Copies are known by their identifier.
                if seen[record.partition]?.contains(number) != true {
                    seen[record.partition, default: []].append(number)
                }
            }
        }
        consumer.close()
        let all = Set(0..<UInt64(Self.chunks * Self.recordsOfChunk))
        #expect(Set(seen.values.joined()) == all, "\(name): lost")
        for (partition, numbers) in seen where what.keepsOrder {
            #expect(numbers == numbers.sorted(), "\(name): out of order in partition \(partition)")
        }
    }

    private mutating func publish(_ number: Int64) throws(KafkaError) {
        do {
            try publisher.publish(Self.chunk(number))
            try publisher.flush(deadlineMilliseconds: 5_000)
        } catch let error as KafkaError {
            throw error
        } catch {
            Issue.record(error, "\(name)")
        }
    }

    private static func chunk(_ number: Int64) -> OutboxChunk {
        var chunk = OutboxChunk(
            number: number, time: 1_700_000_000_000, firstSequence: number * Int64(recordsOfChunk), messages: [],
            arena: [], deadLetters: [])
        for index in 0..<recordsOfChunk {
            let place = UInt64(Int(number) * recordsOfChunk + index)
            let id = RecordIdentifier(high: 1, low: place)
            let start = chunk.arena.count
            id.appendText(to: &chunk.arena)
            let end = chunk.arena.count
            chunk.messages.append(
                OutgoingMessage(
                    type: .facilityRecord, message: MessageIdentifier(id), cause: nil, record: id, key: start..<end,
                    source: end..<end, payload: start..<end))
        }
        return chunk
    }
}
