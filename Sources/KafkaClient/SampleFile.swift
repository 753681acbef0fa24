import Foundation

/// Records taken from a real run, in the file that the bare `relay` of the benchmark reads, so that both send the same
/// bytes. All numbers are little-endian:
///
///     magic "CCSAMPL1"
///     then for each record: u16 count, topic; u32 count, key; u16 number of headers,
///     for each header (u16 count, name; u32 count, value); u32 count, value
///
/// A count of 0xFFFFFFFF stands for an absent key or value.
public struct SampleFile {
    /// The file so far.
    public private(set) var bytes = [UInt8]("CCSAMPL1".utf8)
    /// Records in it.
    public private(set) var recordCount = 0

    /// A file without records.
    public init() {}

    /// Appends a record of a batch.
    public mutating func append(_ record: ConsumedRecord, of batch: ConsumedBatch, topic: String) {
        append(UInt16(clamping: topic.utf8.count))
        bytes.append(contentsOf: topic.utf8)
        append(batch.key(of: record))
        let headers = batch.allHeaders(of: record)
        append(UInt16(clamping: headers.count))
        for (name, value) in headers {
            append(UInt16(clamping: name.utf8.count))
            bytes.append(contentsOf: name.utf8)
            append(value)
        }
        append(batch.value(of: record))
        recordCount += 1
    }

    private mutating func append(_ content: ArraySlice<UInt8>?) {
        append(content.map { UInt32(clamping: $0.count) } ?? .max)
        if let content { bytes.append(contentsOf: content) }
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Reads the first records of each topic from a broker.
    ///
    /// - Parameters:
    ///   - topics: with how many records to take of each; a topic with fewer gives what it has.
    ///   - settings: where the broker is.
    ///   - name: what a topic is called in the file, for a run beside the one recorded; topics may share a name.
    ///   - timeout: after which it gives up waiting for more.
    /// - Throws: `KafkaError` when the broker does not answer or a topic is missing.
    public static func record(
        _ topics: [String: Int], settings: KafkaSettings, timeout: Duration = .seconds(30),
        naming name: (String) -> String = { $0 }
    ) throws(KafkaError) -> SampleFile {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let partitions = try admin.topics()
        var wanted = topics
        var assignments: [PartitionAssignment] = []
        for topic in topics.keys.sorted() {
            var kept = 0
            for number in 0..<(partitions[topic] ?? 0) {
                let partition = TopicPartition(topic: topic, partition: Int32(number))
                let (low, high) = try admin.watermarks(partition)
                kept += Int(high - low)
                if high > low { assignments.append(.init(partition, start: .offset(low))) }
            }
            wanted[topic] = min(wanted[topic] ?? 0, kept)
        }
        let consumer = try KafkaConsumer(settings: settings, groupName: nil, assignments: assignments)
        defer { consumer.close() }
        var file = SampleFile()
        var batch = ConsumedBatch()
        let deadline = ContinuousClock.now + timeout
        while wanted.values.contains(where: { $0 > 0 }), ContinuousClock.now < deadline {
            consumer.next(into: &batch, maximum: 500, timeoutMilliseconds: 200)
            if let problem = batch.problems.first, !problem.error.isRetriable { throw problem.error }
            for record in batch.records where record.topicIndex >= 0 {
                let topic = consumer.topics[record.topicIndex]
                guard let left = wanted[topic], left > 0 else { continue }
                wanted[topic] = left - 1
                file.append(record, of: batch, topic: name(topic))
            }
        }
        return file
    }

    /// Writes the file whole, or not at all.
    public func write(to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
