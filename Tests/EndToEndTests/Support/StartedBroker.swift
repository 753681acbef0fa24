import ExchangeSchema
import Foundation
import KafkaClient
import ProgramTestSupport
import Replay

/// A broker of a test, by itself.
struct StartedBroker: Sendable {
    let program: Program
    let settings: KafkaSettings

    static func start(on data: String, in directory: TemporaryDirectory) async throws -> StartedBroker {
        let ready = directory.path + "/\(UUID().uuidString.prefix(8)).ready"
        let program = try Program(
            BuiltPrograms.path("broker"),
            ["--data", data, "--port", "0", "--ready-file", ready, "--stop-with-parent"], in: directory.path)
        let line = try await FileWatch.value(
            "the broker is ready", in: directory.path, within: .seconds(20), of: [program]
        ) { try? String(contentsOfFile: ready, encoding: .utf8) }
        let address = line.trimmingCharacters(in: .whitespacesAndNewlines)
        return StartedBroker(
            program: program, settings: KafkaSettings(bootstrapServers: address, clientIdentifier: "test"))
    }

    /// What topics hold, by message; each is in them once.
    func messages(of topics: [String]) async throws -> [String: TrafficRecord] {
        let records = try await traffic(topics).records
        let found = Dictionary(records.map { (String(decoding: $0.header("ce_id") ?? [], as: UTF8.self), $0) }) { $1 }
        guard found.count == records.count else { throw NotInTime(description: "\(topics) hold a message twice") }
        return found
    }

    func topics() async throws -> [String] {
        let settings = settings
        return try await blocking {
            let admin = try KafkaAdmin(settings: settings)
            defer { admin.close() }
            return try admin.topics().keys.filter { !$0.hasPrefix("_") }
        }
    }

    func traffic(_ topics: [String]) async throws -> (traffic: TopicTraffic, records: [TrafficRecord]) {
        let settings = settings
        let traffic = try await blocking {
            try TopicTraffic(settings: settings, topics: topics, timeout: .seconds(10))
        }
        var records: [TrafficRecord] = []
        try traffic.forEach { records.append($0) }
        return (traffic, records)
    }
}
