/// Keeps the offsets of simple consumers, those that choose their partitions themselves, and gives out producer ids.
struct GroupOffsetService {
    /// Kafka's `offset.metadata.max.bytes`.
    static let maximumMetadataBytes = 4_096

    let broker: BrokerState

    func coordinator(_ request: FindCoordinatorRequest, _ endpoint: Endpoint) -> FindCoordinatorReply {
        guard request.keyType == 0 else {
            return FindCoordinatorReply(
                error: .transactionalIdAuthorizationFailed, message: "this broker has no transactions", host: "",
                port: -1)
        }
        return FindCoordinatorReply(error: .none, message: nil, host: endpoint.host, port: endpoint.port)
    }

    func commit(_ request: OffsetCommitRequest) -> OffsetCommitReply {
        var kept: [CommittedOffsets.Key: CommittedOffsets.Commit] = [:]
        // Members of a group are not known here, so nobody can be one.
        let isSimple = request.generation < 0 && request.member.isEmpty
        var topics = request.topics.map { topic in
            (
                name: topic.name,
                partitions: topic.partitions.map { partition in
                    var error = check(partition, of: topic.name)
                    if !isSimple { error = .unknownMemberId }
                    if error == .none {
                        let key = CommittedOffsets.Key(
                            group: request.group, topic: topic.name, partition: partition.index)
                        kept[key] = .init(
                            offset: partition.offset, leaderEpoch: partition.leaderEpoch,
                            metadata: partition.metadata)
                    }
                    return (index: partition.index, error: error)
                }
            )
        }
        do {
            try broker.offsets.keep(kept)
            // Commits are few: where power cuts count, each waits for the disk by itself.
            if broker.groupCommit != nil && !kept.isEmpty { try broker.offsets.file.synchronize() }
        } catch {
            broker.storageFailed(error)
            topics = topics.map { topic in
                (topic.name, topic.partitions.map { ($0.index, $0.error == .none ? .storageError : $0.error) })
            }
        }
        return OffsetCommitReply(topics: topics)
    }

    private func check(_ partition: OffsetCommitRequest.Partition, of topic: String) -> ErrorCode {
        guard broker.partition(topic, partition.index) != nil else { return .unknownTopicOrPartition }
        return (partition.metadata?.utf8.count ?? 0) > Self.maximumMetadataBytes ? .offsetMetadataTooLarge : .none
    }

    func fetch(_ request: OffsetFetchRequest) -> OffsetFetchReply {
        guard let topics = request.topics else { return all(of: request.group) }
        return OffsetFetchReply(
            topics: topics.map { topic in
                (
                    topic.name,
                    topic.partitions.map { index in
                        Self.reply(index, broker.offsets.commit(of: request.group, topic.name, index))
                    }
                )
            })
    }

    private func all(of group: String) -> OffsetFetchReply {
        let mine = broker.offsets.commits.filter { $0.key.group == group }
        let topics = Dictionary(grouping: mine) { $0.key.topic }.sorted { $0.key < $1.key }
        return OffsetFetchReply(
            topics: topics.map { name, commits in
                (name, commits.map { Self.reply($0.key.partition, $0.value) }.sorted { $0.index < $1.index })
            })
    }

    private static func reply(_ index: Int32, _ commit: CommittedOffsets.Commit?) -> OffsetFetchReply.Partition {
        .init(
            index: index, offset: commit?.offset ?? -1, leaderEpoch: commit?.leaderEpoch ?? -1,
            metadata: commit?.metadata ?? "")
    }

    func producerId(_ request: InitProducerIdRequest) -> InitProducerIdReply {
        guard request.transactionalId == nil else {
            return InitProducerIdReply(error: .transactionalIdAuthorizationFailed)
        }
        do {
            return InitProducerIdReply(error: .none, producerId: try broker.producerIds.take(), producerEpoch: 0)
        } catch {
            broker.storageFailed(error)
            return InitProducerIdReply(error: .storageError)
        }
    }
}
