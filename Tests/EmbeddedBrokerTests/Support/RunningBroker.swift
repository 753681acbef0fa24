import Logging
import NIOCore
import Testing

@testable import EmbeddedBroker

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// Starts a broker on a free port for `body` and stops it afterwards.
func withBroker<T>(
    _ directory: TemporaryDirectory, freeBytes: Int? = nil, _ change: (inout BrokerConfiguration) -> Void = { _ in },
    _ body: (EmbeddedBroker) async throws -> T
) async throws -> T {
    var configuration = BrokerConfiguration(dataDirectory: directory.data)
    configuration.port = 0
    change(&configuration)
    let broker = try await EmbeddedBroker.start(configuration, logger: .silent, freeBytes: freeBytes)
    do {
        let value = try await body(broker)
        try await broker.stop()
        return value
    } catch {
        try await broker.stop()
        throw error
    }
}

struct Produced: Equatable {
    var error: ErrorCode
    var offset: Int64
}

struct Fetched {
    var error: ErrorCode
    var highWatermark: Int64
    var records: ByteBuffer
}

extension WireClient {
    func createTopic(_ name: String, partitions: Int32 = 1, settings: [String: String] = [:]) throws {
        var reply = try ask(
            .createTopics, 4, Requests.createTopic(name, partitions: partitions, settings: settings, version: 4))
        _ = try reply.integer("throttle", as: Int32.self)
        let errors = try reply.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> Int16 in
            _ = try reader.string("name")
            let error = try reader.integer("error", as: Int16.self)
            _ = try reader.nullableString("message")
            return error
        }
        try #require(errors == [0])
    }

    func produce(
        _ topic: String, _ records: ByteBuffer?, partition: Int32 = 0, version: Int16 = 7
    ) throws -> Produced {
        var reply = try ask(.produce, version, Requests.produce(topic, partition, records))
        return try Self.produced(&reply, version: version)
    }

    static func produced(_ reply: inout WireReader, version: Int16) throws -> Produced {
        let topics = try reply.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> [Produced] in
            _ = try reader.string("name")
            let partitions = try reader.array("partitions") {
                (reader: inout WireReader) throws(ProtocolError) -> Produced in
                _ = try reader.integer("index", as: Int32.self)
                let error = try reader.integer("error", as: Int16.self)
                let offset = try reader.integer("offset", as: Int64.self)
                _ = try reader.integer("time", as: Int64.self)
                if version >= 5 { _ = try reader.integer("start", as: Int64.self) }
                if version >= 8 {
                    _ = try reader.array("record errors") { (reader: inout WireReader) throws(ProtocolError) in 0 }
                    _ = try reader.nullableString("message")
                }
                try reader.tags()
                return Produced(error: ErrorCode(rawValue: error) ?? .unknownServerError, offset: offset)
            }
            try reader.tags()
            return partitions
        }
        return try #require(topics.first?.first)
    }

    func fetch(
        _ topic: String, _ offsets: [Int32: Int64], version: Int16 = 11, wait: Int32 = 0, minimum: Int32 = 1,
        maximum: Int32 = 1_000_000, partitionMaximum: Int32 = 1_000_000
    ) throws -> [Int32: Fetched] {
        var reply = try ask(
            .fetch, version,
            Requests.fetch(
                topic, offsets, version: version, wait: wait, minimum: minimum, maximum: maximum,
                partitionMaximum: partitionMaximum))
        return try Self.fetched(&reply, version: version)
    }

    static func fetched(_ reply: inout WireReader, version: Int16) throws -> [Int32: Fetched] {
        _ = try reply.integer("throttle", as: Int32.self)
        if version >= 7 {
            #expect(try reply.integer("error", as: Int16.self) == 0)
            #expect(try reply.integer("session", as: Int32.self) == 0)
        }
        var found: [Int32: Fetched] = [:]
        let topics = try reply.array("topics") {
            (reader: inout WireReader) throws(ProtocolError) -> [(Int32, Fetched)] in
            _ = try reader.string("name")
            let partitions = try reader.array("partitions") {
                (reader: inout WireReader) throws(ProtocolError) -> (Int32, Fetched) in
                let index = try reader.integer("index", as: Int32.self)
                let error = try reader.integer("error", as: Int16.self)
                let highWatermark = try reader.integer("high watermark", as: Int64.self)
                _ = try reader.integer("stable", as: Int64.self)
                if version >= 5 { _ = try reader.integer("start", as: Int64.self) }
                _ = try reader.indices("aborted")
                if version >= 11 { _ = try reader.integer("replica", as: Int32.self) }
                let records = try reader.nullableBytes("records")
                try reader.tags()
                return (
                    index,
                    Fetched(
                        error: ErrorCode(rawValue: error) ?? .unknownServerError, highWatermark: highWatermark,
                        records: records ?? ByteBuffer())
                )
            }
            try reader.tags()
            return partitions
        }
        try reply.tags()
        for (index, partition) in topics.joined() { found[index] = partition }
        #expect(reply.remaining == 0)
        return found
    }
}
