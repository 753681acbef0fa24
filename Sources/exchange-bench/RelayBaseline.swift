import Foundation
import KafkaClient

/// What one bare relay process says of itself when it ends.
struct RelayResult: Codable {
    var name: String
    var consumed: Int64
    var produced: Int64
    var firstMilliseconds: Int64
    var lastMilliseconds: Int64
    var peakResidentBytes: Int64
    var cpuSeconds: Double
}

/// The bare baseline: the same hops with the same bytes, consume and produce only, one process for each party, on the
/// broker on which the cycle ran. Its topics carry the prefix `relay.`.
struct RelayBaseline {
    static let prefix = "relay."
    static let hops = [
        "facility.records", "moh.records", "vss.assessments", "vss.identity-checks", "c06.identity-results",
        "moh.book-entries", "moh.answers",
    ]
    /// Records of each hop that the relay sends again and again.
    private static let sampled = 5_000

    let relay: String
    let bootstrapServers: String
    let directory: String
    let records: Int

    /// What one cycle of the relay amounts to, and by which processes.
    struct Outcome {
        var cyclesPerSecond: Double
        var elapsedSeconds: Double
        var processes: [RelayResult]
    }

    /// Makes the topics, takes the sample from the cycle's own records, and runs the relay to its end.
    func run() throws -> Outcome {
        let settings = KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: "bench")
        let sample = directory + "/relay.sample"
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let partitions = try admin.topics()
        var wanted: [String: Int] = [:]
        for hop in Self.hops {
            let topics = partitions.keys.filter { Self.hop(of: $0) == hop }
            for topic in topics { wanted[topic] = Self.sampled / topics.count }
        }
        let file = try SampleFile.record(wanted, settings: settings) { Self.prefix + Self.hop(of: $0) }
        try file.write(to: sample)
        _ = try admin.createTopics(
            Self.hops.map { TopicSpecification(name: Self.prefix + $0, partitions: partitions[$0] ?? 4) })
        let parties = try Self.routes.map { try start($0, sample: sample) }
        var results: [RelayResult] = []
        for (process, output) in parties {
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw BenchError("a relay process ended with code \(process.terminationStatus)")
            }
            results.append(try JSONDecoder().decode(RelayResult.self, from: data))
        }
        let first = results.map(\.firstMilliseconds).min() ?? 0
        let last = results.map(\.lastMilliseconds).max() ?? 0
        let elapsed = Double(last - first) / 1_000
        return Outcome(cyclesPerSecond: Double(records) / elapsed, elapsedSeconds: elapsed, processes: results)
    }

    /// The hop that a topic belongs to: the topics of all provinces are one.
    private static func hop(of topic: String) -> String {
        let province = topic.split(separator: ".").last.flatMap { UInt8($0) }
        return hops.first { topic == $0 || province != nil && topic.hasPrefix($0 + ".") } ?? topic
    }

    /// Which process relays what. The facility is a source and, like the real one, a reader of answers.
    private static let routes: [(name: String, arguments: [String])] = [
        ("locality", ["--in", "moh.book-entries"]),
        ("facility-reader", ["--in", "moh.answers"]),
        ("c06", ["--in", "vss.identity-checks", "--out", "vss.identity-checks=c06.identity-results"]),
        (
            "vss",
            ["--in", "moh.records", "--out", "moh.records=vss.assessments,moh.records=vss.identity-checks"]
        ),
        (
            "moh",
            [
                "--in", "facility.records,vss.assessments,c06.identity-results", "--out",
                "facility.records=moh.records,c06.identity-results=moh.book-entries,"
                    + "c06.identity-results=moh.answers", "--sample-keys", "moh.book-entries,moh.answers",
            ]
        ),
        ("facility", ["--source", "facility.records"]),
    ]

    private func start(_ route: (name: String, arguments: [String]), sample: String) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: relay)
        process.arguments =
            ["--bootstrap", bootstrapServers, "--name", route.name, "--sample", sample, "--count", String(records)]
            + route.arguments.map { $0.hasPrefix("--") ? $0 : prefixed($0) }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        return (process, output)
    }

    /// `a,b=c` becomes `relay.a,relay.b=relay.c`.
    private func prefixed(_ list: String) -> String {
        list.split(separator: ",")
            .map { $0.split(separator: "=").map { Self.prefix + $0 }.joined(separator: "=") }
            .joined(separator: ",")
    }
}

/// Why the benchmark could not be made.
struct BenchError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
