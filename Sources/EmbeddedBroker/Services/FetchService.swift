import NIOCore

/// Gives records out: whole batches, from the files straight into the reply.
struct FetchService {
    /// No client waits longer, whatever it asks.
    static let maximumWaitMilliseconds: Int64 = 60_000
    /// Room for everything but the records.
    private static let replyHead = 1_024

    let broker: BrokerState
    let caller: Caller

    /// What one partition of a request comes to: an error, or a place to read from, or nothing yet.
    private struct Source {
        var index: Int32
        var limit: Int
        var error = ErrorCode.none
        var log: PartitionLog?
        var place: PartitionLog.Place?
    }

    private struct Plan {
        var topics: [(topic: TopicReference, sources: [Source])]
        var available = 0
        var hasError = false
    }

    func answer(_ request: FetchRequest, _ header: RequestHeader) -> Answer {
        guard request.sessionId == 0 else {
            var writer = header.reply(to: .fetch)
            FetchReply.writeHead(to: &writer, version: header.version, error: .fetchSessionIdNotFound)
            writer.array([Int32]()) { $0.integer($1) }
            writer.tags()
            return .now(writer.framed())
        }
        let plan = plan(request)
        let wait = min(Int64(request.maximumWaitMilliseconds), Self.maximumWaitMilliseconds)
        let enough = plan.available >= min(Int(request.minimumBytes), limit(of: request))
        if plan.hasError || wait <= 0 || enough { return .now(reply(plan, request, header)) }

        let pending = PendingAnswer()
        let waiting = WaitingFetch(
            minimumBytes: min(Int(request.minimumBytes), limit(of: request)), available: plan.available,
            logs: plan.topics.flatMap { $0.sources.compactMap(\.log) }, loop: broker.loop
        ) { pending.complete(reply(self.plan(request), request, header)) }
        pending.whenAbandoned = { waiting.cancel() }
        waiting.begin(milliseconds: wait)
        return .later(pending)
    }

    private func limit(of request: FetchRequest) -> Int {
        min(max(0, Int(request.maximumBytes)), broker.configuration.maximumFetchBytes, broker.budget.replyRoom)
    }

    private func plan(_ request: FetchRequest) -> Plan {
        var plan = Plan(topics: [])
        for topic in request.topics {
            let found = broker.catalog[topic.topic]
            let sources = topic.partitions.map { partition in
                let source = source(topic.topic, found, partition)
                if source.error != .none { plan.hasError = true }
                if let log = source.log, let place = source.place {
                    plan.available += min(log.bytesAvailable(from: place), source.limit)
                }
                return source
            }
            plan.topics.append((topic.topic, sources))
        }
        return plan
    }

    private func source(
        _ reference: TopicReference, _ topic: Topic?, _ partition: FetchRequest.Partition
    ) -> Source {
        var source = Source(index: partition.index, limit: max(0, Int(partition.maximumBytes)))
        if let name = reference.name ?? topic?.name, !caller.may(.read, .topic(name)) {
            source.error = .topicAuthorizationFailed
            return source
        }
        guard let topic else {
            source.error = reference.unknown
            return source
        }
        guard let log = topic.partition(partition.index) else {
            source.error = .unknownTopicOrPartition
            return source
        }
        source.log = log
        // Also of what stands sound behind the damage: it is not out of range, and will be given out again.
        guard !log.isDamaged(at: partition.offset) else {
            source.error = .storageError
            return source
        }
        guard (log.startOffset...log.highWatermark).contains(partition.offset) else {
            source.error = .offsetOutOfRange
            return source
        }
        do {
            source.place = try log.place(of: partition.offset)
        } catch {
            broker.storageFailed(error)
            source.error = .storageError
        }
        return source
    }

    private func reply(_ plan: Plan, _ request: FetchRequest, _ header: RequestHeader) -> ByteBuffer {
        var room = limit(of: request)
        var writer = header.reply(to: .fetch, capacity: min(plan.available, room) + Self.replyHead)
        FetchReply.writeHead(to: &writer, version: header.version, error: .none)
        var isEmpty = true
        writer.array(plan.topics) { writer, topic in
            FetchReply.writeTopic(topic.topic, to: &writer)
            writer.array(topic.sources) { writer, source in
                let bytes = write(source, room: room, atLeastOne: isEmpty, header.version, &writer)
                writer.tags()
                room = max(0, room - bytes)
                if bytes > 0 { isEmpty = false }
            }
            writer.tags()
        }
        writer.tags()
        return writer.framed()
    }

    /// Writes one partition's answer and returns the bytes of its records.
    private func write(
        _ source: Source, room: Int, atLeastOne: Bool, _ version: Int16, _ writer: inout WireWriter
    ) -> Int {
        let errorAt = writer.buffer.writerIndex + MemoryLayout<Int32>.size
        FetchReply.writePartition(
            to: &writer, version: version, index: source.index, error: source.error,
            highWatermark: source.log?.highWatermark ?? -1, logStartOffset: source.log?.startOffset ?? -1)
        let lengthAt = FetchReply.beginRecords(&writer)
        let recordsAt = writer.buffer.writerIndex
        guard source.error == .none, let log = source.log, let place = source.place, room > 0 || atLeastOne else {
            return 0
        }
        do {
            let bytes = try log.read(
                from: place, maximumBytes: min(source.limit, room), atLeastOne: atLeastOne, into: &writer.buffer)
            FetchReply.endRecords(&writer, bytes, at: lengthAt)
            return bytes
        } catch {
            broker.storageFailed(error)
            writer.buffer.moveWriterIndex(to: recordsAt)
            writer.buffer.setInteger(ErrorCode.storageError.rawValue, at: errorAt)
            return 0
        }
    }
}
