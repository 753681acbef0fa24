import Glibc
import Logging
import NIOCore
import NIOPosix

/// All topics. The catalogue file is replaced as a whole when a topic is made; that is the moment it exists.
final class TopicCatalog {
    private let directory: DataDirectory
    private let configuration: BrokerConfiguration
    private let quota: DiskQuota?
    private let logger: Logger
    private(set) var topics: [String: Topic] = [:]
    private var names: [TopicId: String] = [:]
    private var discarded = 0

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
        var isNumbered = true
        for record in records {
            var record = record
            guard let (name, id, partitions, given) = try? Self.decode(&record) else {
                throw StorageError("make sense of", directory.catalogPath, code: 0)
            }
            var settings = TopicSettings(defaults: configuration)
            for setting in given {
                if let problem = settings.set(setting.name, to: setting.value) {
                    logger.warning("topic setting ignored", metadata: ["topic": "\(name)", "problem": "\(problem)"])
                }
            }
            let logs = try open(name, 0..<partitions, settings)
            isNumbered = isNumbered && id != nil
            enter(Topic(name: name, id: id ?? .make(), settings: settings, partitions: logs))
        }
        try removeStrangers()
        try sayDamage()
        // A catalogue from before topics had numbers: they are given once, and kept.
        if !isNumbered { try save() }
    }

    var partitionCount: Int { topics.values.reduce(0) { $0 + $1.partitions.count } }

    /// The topic that a request names; `nil` where there is none.
    subscript(_ reference: TopicReference) -> Topic? {
        switch reference {
        case .name(let name): topics[name]
        case .id(let id): names[id].flatMap { topics[$0] }
        }
    }

    var sorted: [Topic] { topics.values.sorted { $0.name < $1.name } }

    func create(_ name: String, partitions: Int, settings: TopicSettings) throws(StorageError) -> Topic {
        let logs = try open(name, 0..<partitions, settings)
        let topic = Topic(name: name, id: .make(), settings: settings, partitions: logs)
        enter(topic)
        do {
            try save()
        } catch {
            remove(topic)
            throw error
        }
        logger.info("topic created", metadata: ["topic": "\(name)", "partitions": "\(partitions)"])
        return topic
    }

    /// Deletes a topic with all that is in it. It is gone when the catalogue says so; its files go afterwards.
    func delete(_ topic: Topic) throws(StorageError) {
        remove(topic)
        do {
            try save()
        } catch {
            enter(topic)
            throw error
        }
        for log in topic.partitions {
            log.freeze()
            for fetch in log.waiting { fetch.endSoon() }
            discard(log.directory)
        }
        logger.info("topic deleted", metadata: ["topic": "\(topic.name)"])
    }

    private func enter(_ topic: Topic) {
        topics[topic.name] = topic
        names[topic.id] = topic.name
    }

    private func remove(_ topic: Topic) {
        topics[topic.name] = nil
        names[topic.id] = nil
    }

    /// Gives a topic more partitions, `count` in all.
    func grow(_ topic: Topic, to count: Int) throws(StorageError) {
        let logs = try open(topic.name, topic.partitions.count..<count, topic.settings)
        topic.add(logs)
        do {
            try save()
        } catch {
            topic.removeLast(logs.count)
            throw error
        }
        logger.info("partitions added", metadata: ["topic": "\(topic.name)", "partitions": "\(count)"])
    }

    func change(_ topic: Topic, to settings: TopicSettings) throws(StorageError) {
        let former = topic.settings
        topic.settings = settings
        do {
            try save()
        } catch {
            topic.settings = former
            throw error
        }
        for log in topic.partitions { log.segmentBytes = settings.segmentBytes }
        logger.info("topic settings changed", metadata: ["topic": "\(topic.name)"])
    }

    /// Sets aside what is damaged in the logs of a data directory that no broker works on.
    /// - Returns: A line for each stretch.
    static func setAsideDamage(in directory: DataDirectory) throws(StorageError) -> [String] {
        guard FileTree.exists(directory.topicsPath) else { return [] }
        var said: [String] = []
        for name in try FileTree.names(in: directory.topicsPath).sorted() where !name.hasPrefix("~") {
            said += try DamageSetAside(directory: "\(directory.topicsPath)/\(name)").run()
        }
        return said
    }

    private func open(
        _ name: String, _ partitions: Range<Int>, _ settings: TopicSettings
    ) throws(StorageError) -> [PartitionLog] {
        var logs: [PartitionLog] = []
        for index in partitions {
            let index = Int32(truncatingIfNeeded: index)
            let path = directory.partitionPath(name, index)
            let opened = try SegmentRecovery(
                directory: path, sameBoot: directory.sameBoot, quota: quota, logger: logger
            ).open()
            logs.append(
                PartitionLog(
                    topic: name, partition: index, directory: path, segmentBytes: settings.segmentBytes,
                    opened: opened, quota: quota, logger: logger))
        }
        return logs
    }

    /// Puts a partition's directory out of the way at once and deletes it in the background: large files take time.
    private func discard(_ path: String) {
        discarded += 1
        let grave = "\(directory.topicsPath)/~\(discarded)-\(getpid())"
        guard unsafe rename(path, grave) == 0 else { return FileTree.removeDirectory(path) }
        NIOThreadPool.singleton.submit { _ in FileTree.removeDirectory(grave) }
    }

    /// Deletes what a broker left that was killed between two steps: directories of no topic in the catalogue.
    private func removeStrangers() throws(StorageError) {
        guard FileTree.exists(directory.topicsPath) else { return }
        let known = Set(topics.values.flatMap { $0.partitions.map(\.name) })
        for name in try FileTree.names(in: directory.topicsPath) where !known.contains(name) {
            logger.warning("directory of no topic deleted", metadata: ["directory": "\(name)"])
            FileTree.removeDirectory("\(directory.topicsPath)/\(name)")
        }
    }

    /// Leaves a line for each partition that stands still, for whoever shows how the exchange stands.
    private func sayDamage() throws(StorageError) {
        let lines = sorted.flatMap(\.partitions).compactMap { log in
            log.damage.map { "\(log.topic)/\(log.partition) stands still at offset \($0.offset): \($0)\n" }
        }
        if lines.isEmpty { return try FileTree.remove(directory.damagePath) }
        try FileTree.replace(directory.damagePath, with: ByteBuffer(string: lines.joined()), quota: quota)
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
                writer.topicId(topic.id)
            }
        }
        try FileTree.replace(directory.catalogPath, with: content, quota: quota)
    }

    private static func decode(
        _ record: inout WireReader
    ) throws(ProtocolError) -> (name: String, id: TopicId?, partitions: Int, given: [(name: String, value: String)]) {
        let name = try record.string("topic")
        let partitions = try record.integer("partitions", as: Int32.self)
        let given = try record.array("settings") {
            (reader: inout WireReader) throws(ProtocolError) -> (name: String, value: String) in
            (try reader.string("setting"), try reader.string("value"))
        }
        let id = record.remaining > 0 ? try record.topicId() : nil
        guard Topic.isValid(name: name), partitions > 0 else { throw .truncated(wanting: "topic") }
        return (name, id, Int(partitions), given)
    }
}
