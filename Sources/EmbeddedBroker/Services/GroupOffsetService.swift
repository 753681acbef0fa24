/// Keeps the offsets of consumer groups, and hands out what clients need before they begin.
struct GroupOffsetService {
    static let maximumMetadataBytes = 4_096

    let broker: BrokerState
    let caller: Caller

    func coordinator(_ request: FindCoordinatorRequest, _ endpoint: Endpoint) -> FindCoordinatorReply {
        FindCoordinatorReply(
            coordinators: request.keys.map { key in
                switch request.keyType {
                case FindCoordinatorRequest.group:
                    guard caller.may(.describe, .group(key)) else {
                        return .init(key: key, error: .groupAuthorizationFailed)
                    }
                    return .init(key: key, error: .none)
                case FindCoordinatorRequest.transaction:
                    return .init(
                        key: key, error: .transactionalIdAuthorizationFailed,
                        message: "this broker has no transactions")
                default:
                    return .init(
                        key: key, error: .invalidRequest, message: "there is no coordinator of type \(request.keyType)")
                }
            }, endpoint: endpoint)
    }

    // MARK: Commit

    func commit(_ request: OffsetCommitRequest) -> OffsetCommitReply {
        var kept: [CommittedOffsets.Key: CommittedOffsets.Commit] = [:]
        let refusal = refusal(of: request)
        var topics = request.topics.map { topic in
            (
                name: topic.name,
                partitions: topic.partitions.map { partition in
                    let error = refusal ?? check(partition, of: topic.name)
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

    /// Why nothing of the request can be kept; `nil` where something may be.
    private func refusal(of request: OffsetCommitRequest) -> ErrorCode? {
        guard caller.may(.read, .group(request.group)) else { return .groupAuthorizationFailed }
        guard !broker.offsets.isFull else { return .coordinatorNotAvailable }
        guard broker.groups.groups[request.group] != nil else {
            return request.generation < 0 ? nil : .illegalGeneration
        }
        var error = ErrorCode.none
        broker.groups.update(request.group) { group in
            error = group.commit(request.generation, request.member, request.instance, now: GroupCoordinator.now)
            return []
        }
        return error == .none ? nil : error
    }

    private func check(_ partition: OffsetCommitRequest.Partition, of topic: String) -> ErrorCode {
        guard caller.may(.read, .topic(topic)) else { return .topicAuthorizationFailed }
        guard broker.partition(topic, partition.index) != nil else { return .unknownTopicOrPartition }
        guard partition.offset > Int64.min else { return .invalidRequest }
        return (partition.metadata?.utf8.count ?? 0) > Self.maximumMetadataBytes ? .offsetMetadataTooLarge : .none
    }

    // MARK: Fetch

    func fetch(_ request: OffsetFetchRequest) -> OffsetFetchReply {
        OffsetFetchReply(groups: request.groups.map(fetch))
    }

    private func fetch(_ group: OffsetFetchRequest.Group) -> OffsetFetchReply.Group {
        var reply = OffsetFetchReply.Group(name: group.name)
        guard caller.may(.describe, .group(group.name)) else {
            reply.error = .groupAuthorizationFailed
            reply.topics = (group.topics ?? []).map { topic in
                (topic.name, topic.partitions.map { .init(index: $0, error: .groupAuthorizationFailed) })
            }
            return reply
        }
        guard let topics = group.topics else {
            reply.topics = all(of: group.name)
            return reply
        }
        reply.topics = topics.map { topic in
            let isAllowed = caller.may(.describe, .topic(topic.name))
            return (
                topic.name,
                topic.partitions.map { index in
                    isAllowed
                        ? Self.reply(index, broker.offsets.commit(of: group.name, topic.name, index))
                        : .init(index: index, error: .topicAuthorizationFailed)
                }
            )
        }
        return reply
    }

    private func all(of group: String) -> [(name: String, partitions: [OffsetFetchReply.Partition])] {
        let mine = broker.offsets.commits.filter {
            $0.key.group == group && caller.may(.describe, .topic($0.key.topic))
        }
        return Dictionary(grouping: mine) { $0.key.topic }.sorted { $0.key < $1.key }.map { name, commits in
            (name, commits.map { Self.reply($0.key.partition, $0.value) }.sorted { $0.index < $1.index })
        }
    }

    private static func reply(_ index: Int32, _ commit: CommittedOffsets.Commit?) -> OffsetFetchReply.Partition {
        .init(
            index: index, offset: commit?.offset ?? -1, leaderEpoch: commit?.leaderEpoch ?? -1,
            metadata: commit?.metadata ?? "")
    }

    // MARK: Delete

    func delete(_ request: OffsetDeleteRequest) -> OffsetDeleteReply {
        guard caller.may(.delete, .group(request.group)) else {
            return OffsetDeleteReply(error: .groupAuthorizationFailed)
        }
        let group = broker.groups.groups[request.group]
        guard group != nil || !broker.offsets.keys(ofGroup: request.group).isEmpty else {
            return OffsetDeleteReply(error: .groupIdNotFound)
        }
        // `nil`: members are there, but what they read cannot be told; then nothing is deleted.
        let subscribed: Set<String>? = if let group { group.subscribedTopics } else { [] }
        var gone: [CommittedOffsets.Key] = []
        let topics = request.topics.map { topic in
            (
                name: topic.name,
                partitions: topic.partitions.map { index -> (index: Int32, error: ErrorCode) in
                    guard caller.may(.read, .topic(topic.name)) else { return (index, .topicAuthorizationFailed) }
                    guard broker.partition(topic.name, index) != nil else { return (index, .unknownTopicOrPartition) }
                    if subscribed?.contains(topic.name) ?? true { return (index, .groupSubscribedToTopic) }
                    gone.append(.init(group: request.group, topic: topic.name, partition: index))
                    return (index, .none)
                }
            )
        }
        do {
            try broker.offsets.forget(gone)
        } catch {
            broker.storageFailed(error)
            return OffsetDeleteReply(error: .storageError)
        }
        return OffsetDeleteReply(error: .none, topics: topics)
    }

    // MARK: Producers

    func producerId(_ request: InitProducerIdRequest) -> InitProducerIdReply {
        guard request.transactionalId == nil else {
            return InitProducerIdReply(error: .transactionalIdAuthorizationFailed)
        }
        guard caller.mayProduceSomething else { return InitProducerIdReply(error: .clusterAuthorizationFailed) }
        do {
            return InitProducerIdReply(error: .none, producerId: try broker.producerIds.take(), producerEpoch: 0)
        } catch {
            broker.storageFailed(error)
            return InitProducerIdReply(error: .storageError)
        }
    }
}
