import ArgumentParser
import ExchangeSchema
import Foundation
import KafkaClient
import PartyRuntime
import Vocabulary

/// Counts what is allocated for one message on its way from the broker's answer to the head and the payload that a core is
/// handed: by the calls that a whole run makes, under callgrind, on the thread that reads.
struct AllocationBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocations", abstract: "Allocations for each message between broker and core.")

    @Option(help: "Messages; the second half is counted.")
    var records = 20_000

    func validate() throws {
        if records < 2_000 { throw ValidationError("--records is 2000 or more: buffers have to grow first") }
    }

    func run() throws {
        let directory = NSTemporaryDirectory() + "allocations-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let programs = URL(fileURLWithPath: Machine.ownPath).deletingLastPathComponent().path
        let broker = try BrokerProcess(program: programs + "/broker", directory: directory)
        defer { broker.stop() }
        try send(to: broker.address)
        let callgrind = try Callgrind()
        defer { callgrind.close() }
        let (output, profile) = try callgrind.run(
            ["head-load", "--bootstrap-servers", broker.address, "--records", String(records)])
        guard let messages = Int(output.trimmingCharacters(in: .whitespacesAndNewlines)), messages > 0 else {
            throw BenchError("the messages were not read: \(output)")
        }
        for (function, meaning) in [
            ("swift_allocObject", "objects, arrays and texts of Swift"), ("swift_slowAlloc", "other memory of Swift"),
            ("malloc", "all memory, with what librdkafka takes for the headers it shows"),
        ] {
            let each = Double(profile.calls(of: function)) / Double(messages)
            print("\(function)\t\(Machine.fixed(each, 4))\ta message: \(meaning)")
        }
    }

    /// Messages with all headers of the exchange, and 300 bytes of payload.
    private func send(to address: String) throws {
        let settings = KafkaSettings(bootstrapServers: address)
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let made = try admin.createTopics([TopicSpecification(name: HeadLoad.topic, partitions: 1)])
        guard made[HeadLoad.topic] == .created else { throw BenchError("the broker did not make the topic") }
        let producer = try KafkaProducer(settings: settings, topics: [HeadLoad.topic])
        defer { producer.close() }
        var headers = HeaderBlock.forEvents
        let payload = [UInt8](repeating: 7, count: 300)
        for index in 0..<records {
            let record = RecordIdentifier(
                milliseconds: Int64(index), randomHigh: UInt64(index),
                randomLow: UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
            EventHeaders.write(
                HeadLoad.type, MessageIdentifier(HeadLoad.type, record: record, revision: 1), about: record,
                source: "/vss", addition: [], time: 1_000, sequence: Int64(index),
                salt: PayloadSalt(high: 1, low: UInt64(index)), to: &headers)
            try producer.enqueue(
                topic: 0, partition: 0, key: Array(record.description.utf8), value: payload, headers: headers, batch: 1)
        }
        var delivered = 0
        for report in producer.flush(deadlineMilliseconds: 30_000) { delivered += report.delivered }
        guard delivered == records else { throw BenchError("\(delivered) of \(records) messages reached the broker") }
    }
}
