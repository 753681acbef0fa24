import Logging
import NIOCore

/// All topics. The catalogue file is replaced as a whole when a topic is made; that is the moment it exists.
final class TopicCatalog {
    private let directory: DataDirectory
    private let configuration: BrokerConfiguration
    private let quota: DiskQuota?
    private let logger: Logger
    private(set) var topics: [String: Topic] = [:]

    /// Reads the catalogue and opens every partition, recovering where a broker died.
    init(
        _ directory: DataDirectory, configuration: BrokerConfiguration, quota: DiskQuota?, logger: Logger
    ) throws(StorageError) {
        self.directory = directory
        self.configuration = configuration
        self.quota = quota
        self.logger = logger
        let (records, validSize, size) = try ChecksummedRecords.read(directory.catalogPath)
        guard validSize == size else { throw StorageError("make sense of", directory.catalogPath, code: 0) }
        for record in records {
            var record = record
            guard let (name, partitions, given) = try? Self.decode(&record) else {
                throw StorageError("make sense of", directory.catalogPath, code: 0)
            }
            var settings = TopicSettings(defaults: configuration)
            for setting in given {
                if let problem = settings.set(setting.name, to: setting.value) {
                    logger.warning("topic setting ignored", metadata: ["topic": "\(name)", "problem": "\(problem)"])
                }
            }
            topics[name] = try open(name, partitions: partitions, settings: settings)
        }
    }

    var partitionCount: Int { topics.values.reduce(0) { $0 + $1.partitions.count } }

    var sorted: [Topic] { topics.values.sorted { $0.name < $1.name } }

    func create(_ name: String, partitions: Int, settings: TopicSettings) throws(StorageError) -> Topic {
        let topic = try open(name, partitions: partitions, settings: settings)
        topics[name] = topic
        do {
            try save()
        } catch {
            topics[name] = nil
            throw error
        }
        logger.info("topic created", metadata: ["topic": "\(name)", "partitions": "\(partitions)"])
        return topic
    }

    private func open(_ name: String, partitions: Int, settings: TopicSettings) throws(StorageError) -> Topic {
        var logs: [PartitionLog] = []
        for index in 0..<Int32(truncatingIfNeeded: partitions) {
            let path = directory.partitionPath(name, index)
            let opened = try SegmentRecovery(
                directory: path, sameBoot: directory.sameBoot, quota: quota, logger: logger
            ).open()
            logs.append(
                PartitionLog(
                    topic: name, partition: index, directory: path, segmentBytes: settings.segmentBytes,
                    opened: opened, quota: quota, logger: logger))
        }
        return Topic(name: name, settings: settings, partitions: logs)
    }

    private func save() throws(StorageError) {
        var content = ByteBufferAllocator().buffer(capacity: 1_024)
        for topic in sorted {
            ChecksummedRecords.append(to: &content) { writer in
                writer.string(topic.name)
                writer.integer(Int32(truncatingIfNeeded: topic.partitions.count))
                writer.array(topic.settings.given.sorted { $0.key < $1.key }) { writer, setting in
                    writer.string(setting.key)
                    writer.string(setting.value)
                }
            }
        }
        try FileTree.replace(directory.catalogPath, with: content, quota: quota)
    }

    private static func decode(
        _ record: inout WireReader
    ) throws(ProtocolError) -> (name: String, partitions: Int, given: [(name: String, value: String)]) {
        let name = try record.string("topic")
        let partitions = try record.integer("partitions", as: Int32.self)
        let given = try record.array("settings") {
            (reader: inout WireReader) throws(ProtocolError) -> (name: String, value: String) in
            (try reader.string("setting"), try reader.string("value"))
        }
        guard Topic.isValid(name: name), partitions > 0 else { throw .truncated(wanting: "topic") }
        return (name, Int(partitions), given)
    }
}
