import NIOCore

/// Takes record batches in: checks each as a whole, writes it, acknowledges it. No record is looked at.
struct ProduceService {
    let broker: BrokerState
    let caller: Caller

    /// What has been written for one request: whom to tell, and which files an acknowledgement may depend on.
    private struct Written {
        var logs: [(log: PartitionLog, end: Int64, bytes: Int)] = []
    }

    func answer(_ request: ProduceRequest, _ header: RequestHeader) -> Answer {
        var written = Written()
        let refusal: ErrorCode? =
            if request.transactionalId != nil {
                .transactionalIdAuthorizationFailed
            } else if !(-1...1).contains(request.acknowledgements) { .invalidRequiredAcks } else { nil }
        let topics = request.topics.map { topic in
            ProduceReply.Topic(
                name: topic.name,
                partitions: topic.partitions.map { partition in
                    if let refusal { return ProduceReply.Partition(index: partition.index, error: refusal) }
                    return append(partition, to: topic.name, &written)
                })
        }
        let reply = ProduceReply(topics: topics)
        let silent = request.acknowledgements == 0
        guard let groupCommit = broker.groupCommit, !written.logs.isEmpty else {
            for (log, end, bytes) in written.logs { log.publish(upTo: end, bytes: bytes) }
            return silent ? .none : .now(frame(reply, header))
        }
        let pending = PendingAnswer(letsOthersPass: true)
        commit(written, groupCommit) { failed in
            pending.complete(frame(failed ? reply.refused(with: .storageError) : reply, header))
        }
        return silent ? .none : .later(pending)
    }

    /// Waits for the disk before anybody sees the records or is told that they are kept.
    private func commit(_ written: Written, _ groupCommit: GroupCommit, _ done: @escaping (Bool) -> Void) {
        let files = written.logs.compactMap { try? $0.log.active.file() }
        groupCommit.afterSynchronizing(files) { failure in
            if let failure {
                // What the kernel holds and what the disk holds may differ now: only a restart can tell.
                for (log, _, _) in written.logs { log.freeze() }
                broker.storageFailed(failure)
            } else {
                for (log, end, bytes) in written.logs { log.publish(upTo: end, bytes: bytes) }
            }
            done(failure != nil)
        }
    }

    private func append(
        _ partition: ProduceRequest.Partition, to topic: String, _ written: inout Written
    ) -> ProduceReply.Partition {
        var reply = ProduceReply.Partition(index: partition.index, error: .none)
        guard caller.may(.write, .topic(topic)) else {
            reply.error = .topicAuthorizationFailed
            return reply
        }
        guard let settings = broker.catalog.topics[topic]?.settings,
            let log = broker.partition(topic, partition.index)
        else {
            reply.error = .unknownTopicOrPartition
            return reply
        }
        reply.logStartOffset = log.startOffset
        if let damage = log.damage {
            reply.error = .storageError
            reply.message = "\(damage)"
            return reply
        }
        var batch = partition.records ?? ByteBuffer()
        switch BatchCheck.check(batch, maximumBytes: settings.maximumBatchBytes) {
        case .refused(let error, let message):
            reply.error = error
            reply.message = message
        case .good(var header):
            GreatestTime.correct(&batch, &header)
            store(batch, header, in: log, &reply, &written)
        }
        return reply
    }

    private func store(
        _ batch: ByteBuffer, _ header: BatchHeader, in log: PartitionLog, _ reply: inout ProduceReply.Partition,
        _ written: inout Written
    ) {
        switch log.producers.verdict(on: header) {
        case .refused(let error):
            reply.error = error
        case .duplicate(let baseOffset):
            reply.baseOffset = baseOffset
            // It may be of the round that is being synchronised just now.
            written.logs.append((log, log.endOffset, 0))
        case .new:
            do {
                reply.baseOffset = try log.append(batch, header: header)
                written.logs.append((log, log.endOffset, batch.readableBytes))
            } catch {
                broker.storageFailed(error)
                reply.error = .storageError
                reply.message = error.description
            }
        }
    }

    private func frame(_ reply: ProduceReply, _ header: RequestHeader) -> ByteBuffer {
        var writer = header.reply(to: .produce)
        reply.write(to: &writer, version: header.version)
        return writer.framed()
    }
}

extension ProduceReply {
    /// The same reply with every acknowledgement taken back.
    fileprivate func refused(with error: ErrorCode) -> ProduceReply {
        ProduceReply(
            topics: topics.map { topic in
                Topic(
                    name: topic.name,
                    partitions: topic.partitions.map {
                        Partition(index: $0.index, error: $0.error == .none ? error : $0.error)
                    })
            })
    }
}
