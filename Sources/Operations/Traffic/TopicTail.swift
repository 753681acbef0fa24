import Composition
import ExchangeSchema
import Foundation
public import KafkaClient
import PartyRuntime
import ProgramStart
import Replay
public import Topology
import Vocabulary

/// `cycle tail`: the records of topics as they come, one line of JSON each.
public struct TopicTail {
    /// How much is shown.
    public struct Range: Sendable, Equatable {
        /// From the oldest record kept, or only what comes from now on.
        public var fromBeginning: Bool
        /// Whether to go on when the end is reached.
        public var follows: Bool
        /// Most records; nil for no limit.
        public var count: Int?

        /// Takes all fields.
        public init(fromBeginning: Bool, follows: Bool, count: Int?) {
            self.fromBeginning = fromBeginning
            self.follows = follows
            self.count = count
        }
    }

    private let settings: KafkaSettings
    private let topology: Topology
    private let range: Range

    /// A tail of an exchange's topics.
    public init(settings: KafkaSettings, topology: Topology, range: Range) {
        self.settings = settings
        self.topology = topology
        self.range = range
    }

    /// Prints until the end, the count, or for ever.
    /// - Parameter name: The topic; nil for all of the exchange, without dead letters.
    /// - Throws: ``ProgramFailure`` when there is no such topic or the output is lost, `KafkaError` when the broker does not answer.
    public func run(topic name: String?, timeout: Duration) throws {
        let names = try topics(name, try cluster(timeout))
        let places = names.flatMap { topic in
            (0..<topic.partitions).map { TopicPartition(topic: topic.name, partition: Int32($0)) }
        }
        var ends: [TopicPartition: Int64] = [:]
        if !range.follows { ends = try self.ends(places) }
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: places.map { PartitionAssignment($0, start: range.fromBeginning ? .beginning : .end) })
        defer { consumer.close() }
        var printed = 0
        var batch = ConsumedBatch()
        while range.follows || !ends.isEmpty {
            if let count = range.count, printed >= count { return }
            consumer.next(into: &batch, maximum: 500, timeoutMilliseconds: 100)
            for problem in batch.problems {
                if problem.error.isAuthorization, let topic = problem.partition?.topic { throw refused(topic) }
                StandardError.say("cycle tail: \(problem.error.message)")
                if problem.error.isFatal { throw problem.error }
            }
            var lines: [String] = []
            for record in batch.records {
                if let count = range.count, printed >= count { break }
                let topic = consumer.topics[record.topicIndex]
                lines.append(line(record, of: batch, topic: topic))
                printed += 1
                let place = TopicPartition(topic: topic, partition: record.partition)
                if let end = ends[place], record.offset + 1 >= end { ends[place] = nil }
            }
            if !lines.isEmpty { try StandardOutput.say(lines.joined(separator: "\n")) }
        }
    }

    private func cluster(_ timeout: Duration) throws -> ClusterDescription {
        do throws(KafkaError) {
            return try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        } catch {
            if error.isAuthentication { throw ProgramFailure(settings.refusedLogin) }
            throw error
        }
    }

    private func topics(_ name: String?, _ cluster: ClusterDescription) throws -> [(name: String, partitions: Int)] {
        guard let name else {
            return topology.topics.compactMap { topic in cluster.topics[topic.name].map { (topic.name, $0) } }
        }
        if let partitions = cluster.topics[name] { return [(name, partitions)] }
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        if try admin.sight(of: name) == .refused { throw refused(name) }
        let known = cluster.topics.keys.filter { !$0.hasPrefix("_") }.sorted()
        throw ProgramFailure("there is no topic \(name); there is \(known.joined(separator: ", "))")
    }

    private func refused(_ topic: String) -> ProgramFailure {
        ProgramFailure(
            "the broker does not let \(settings.user) read topic \(topic); give --kafka-config with the login of a "
                + "user who may")
    }

    /// The offsets at which a tail that does not follow ends; partitions with nothing to show are left out.
    private func ends(_ places: [TopicPartition]) throws -> [TopicPartition: Int64] {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        var ends: [TopicPartition: Int64] = [:]
        for place in places {
            let marks = try admin.watermarks(place)
            if marks.high > marks.low { ends[place] = marks.high }
        }
        return range.fromBeginning ? ends : [:]
    }

    private func line(_ record: ConsumedRecord, of batch: ConsumedBatch, topic: String) -> String {
        let headers = batch.allHeaders(of: record).map { ($0.name, String(decoding: $0.value, as: UTF8.self)) }
        let events = headers.filter { $0.0.hasPrefix(EventAttribute.prefix) }
            .map { ($0.0.dropFirst(EventAttribute.prefix.count), $0.1) }
        let others = headers.filter { !$0.0.hasPrefix(EventAttribute.prefix) }
        var members: [(String, JSONValue)] = [
            ("topic", .string(topic)), ("partition", .number(Double(record.partition))),
            ("offset", .number(Double(record.offset))),
            ("key", batch.key(of: record).map { JSONValue.string(String(decoding: $0, as: UTF8.self)) } ?? .null),
            ("ce", Self.object(events.map { (String($0.0), $0.1) })), ("headers", Self.object(others)),
        ]
        let type = events.first { $0.0 == "type" }.flatMap { MessageType(eventType: $0.1) }
        let value = batch.value(of: record).map { Array($0) }
        if let type, let value, let data = MessageText.value(type, value) {
            members.append(("data", data))
        } else {
            members.append(("data", .null))
            if let value { members.append(("bytes", .string(Data(value).base64EncodedString()))) }
        }
        // The order of a line: where the record stands, what it says of itself, what is in it.
        return "{" + members.map { "\"\($0.0)\":\($0.1.text)" }.joined(separator: ",") + "}"
    }

    /// Of headers with one name the last counts.
    private static func object(_ members: [(String, String)]) -> JSONValue {
        .object(Dictionary(members.map { ($0.0, JSONValue.string($0.1)) }) { $1 })
    }
}
