/// Changes topics and clears them, for whoever runs the cluster.
struct TopicAdminService {
    let broker: BrokerState
    let caller: Caller

    // MARK: Topics

    func delete(_ request: DeleteTopicsRequest) -> DeleteTopicsReply {
        DeleteTopicsReply(topics: request.topics.map(delete))
    }

    private func delete(_ reference: TopicReference) -> DeleteTopicsReply.Topic {
        var reply = DeleteTopicsReply.Topic(name: reference.name, id: reference.id ?? .none)
        let topic = broker.catalog[reference]
        if let name = reference.name ?? topic?.name, !caller.may(.delete, .topic(name)) {
            reply.error = .topicAuthorizationFailed
            return reply
        }
        guard let topic else {
            reply.error = reference.unknown
            return reply
        }
        (reply.name, reply.id) = (topic.name, topic.id)
        do {
            try broker.catalog.delete(topic)
            try broker.offsets.forget(broker.offsets.keys(ofTopic: topic.name))
        } catch {
            broker.storageFailed(error)
            (reply.error, reply.message) = (.storageError, error.description)
        }
        return reply
    }

    func createPartitions(_ request: CreatePartitionsRequest) -> CreatePartitionsReply {
        var seen: [String: Int] = [:]
        for topic in request.topics { seen[topic.name, default: 0] += 1 }
        return CreatePartitionsReply(
            topics: request.topics.map { wish in
                if seen[wish.name] != 1 { return (wish.name, .invalidRequest, "the topic is named twice") }
                let (error, message) = grow(wish, validateOnly: request.validateOnly)
                return (wish.name, error, message)
            })
    }

    private func grow(_ wish: CreatePartitionsRequest.Topic, validateOnly: Bool) -> (ErrorCode, String?) {
        guard caller.may(.alter, .topic(wish.name)) else { return (.topicAuthorizationFailed, nil) }
        guard let topic = broker.catalog.topics[wish.name] else { return (.unknownTopicOrPartition, nil) }
        let added = Int(wish.count) - topic.partitions.count
        guard added > 0 else {
            return (.invalidPartitions, "topic \(wish.name) has \(topic.partitions.count) partitions; ask for more")
        }
        if let assignments = wish.assignments {
            guard assignments.count == added, assignments.allSatisfy({ $0 == [MetadataReply.nodeId] }) else {
                return (.invalidReplicaAssignment, "each of the \(added) new partitions lives on broker 1")
            }
        }
        let limit = broker.configuration.maximumPartitions
        guard broker.catalog.partitionCount + added <= limit else {
            return (.policyViolation, "more than \(limit) partitions in all")
        }
        if validateOnly { return (.none, nil) }
        do {
            try broker.catalog.grow(topic, to: Int(wish.count))
            return (.none, nil)
        } catch {
            broker.storageFailed(error)
            return (.storageError, error.description)
        }
    }

    // MARK: Settings

    func alter(_ request: AlterConfigsRequest) -> AlterConfigsReply {
        AlterConfigsReply(
            resources: request.resources.map { resource in
                let (error, message) = alter(resource, request)
                return .init(error: error, message: message, type: resource.type, name: resource.name)
            })
    }

    private func alter(
        _ resource: AlterConfigsRequest.Resource, _ request: AlterConfigsRequest
    ) -> (ErrorCode, String?) {
        guard resource.type == DescribeConfigsRequest.topic else {
            guard caller.may(.alter, .cluster) else { return (.clusterAuthorizationFailed, nil) }
            return (.invalidRequest, "only topics have settings that can be changed; the broker's are its options")
        }
        guard caller.may(.alter, .topic(resource.name)) else { return (.topicAuthorizationFailed, nil) }
        guard let topic = broker.catalog.topics[resource.name] else { return (.unknownTopicOrPartition, nil) }
        var settings = request.isIncremental ? topic.settings : TopicSettings(defaults: broker.configuration)
        for change in resource.changes {
            if let problem = apply(change, to: &settings) { return (.invalidConfig, problem) }
        }
        if request.validateOnly { return (.none, nil) }
        do {
            try broker.catalog.change(topic, to: settings)
            return (.none, nil)
        } catch {
            broker.storageFailed(error)
            return (.storageError, error.description)
        }
    }

    private func apply(_ change: AlterConfigsRequest.Change, to settings: inout TopicSettings) -> String? {
        let name = change.name
        switch change.operation {
        case .set:
            guard change.value != nil else { return "\(name) has no value" }
            return settings.set(name, to: change.value)
        case .delete: return settings.reset(name, defaults: broker.configuration)
        case .append, .subtract:
            guard let list = settings.list(name) else { return "\(name) is not a list" }
            let parts = (change.value ?? "").split(separator: ",").map(String.init)
            let others = list.filter { !parts.contains($0) }
            let result = change.operation == .append ? others + parts : others
            return settings.set(name, to: result.joined(separator: ","))
        case nil: return "\(name): no such operation"
        }
    }

    // MARK: The cluster and its records

    func describeCluster(_ request: DescribeClusterRequest, _ endpoint: Endpoint) -> DescribeClusterReply {
        var reply = DescribeClusterReply(clusterId: broker.directory.clusterId, endpoint: endpoint)
        if request.endpointType != DescribeClusterRequest.brokers {
            reply.error = .unsupportedVersion
            reply.message = "only brokers can be described here"
        }
        if request.includesOperations { reply.operations = caller.operations(on: .cluster) }
        return reply
    }

    func deleteRecords(_ request: DeleteRecordsRequest) -> DeleteRecordsReply {
        DeleteRecordsReply(
            topics: request.topics.map { topic in (topic.name, topic.partitions.map { clear(topic.name, $0) }) })
    }

    private func clear(_ topic: String, _ partition: DeleteRecordsRequest.Partition) -> DeleteRecordsReply.Partition {
        var reply = DeleteRecordsReply.Partition(index: partition.index)
        guard caller.may(.delete, .topic(topic)) else {
            reply.error = .topicAuthorizationFailed
            return reply
        }
        guard let log = broker.partition(topic, partition.index) else {
            reply.error = .unknownTopicOrPartition
            return reply
        }
        let offset = partition.offset == DeleteRecordsRequest.toTheEnd ? log.highWatermark : partition.offset
        guard offset >= 0, offset <= log.highWatermark else {
            reply.error = .offsetOutOfRange
            return reply
        }
        do {
            try log.deleteRecords(before: offset)
            reply.lowWatermark = log.startOffset
        } catch {
            broker.storageFailed(error)
            reply.error = .storageError
        }
        return reply
    }

    func ends(_ request: OffsetForLeaderEpochRequest) -> OffsetForLeaderEpochReply {
        OffsetForLeaderEpochReply(
            topics: request.topics.map { topic in (topic.name, topic.partitions.map { end(topic.name, $0) }) })
    }

    private func end(
        _ topic: String, _ partition: OffsetForLeaderEpochRequest.Partition
    ) -> OffsetForLeaderEpochReply.Partition {
        var reply = OffsetForLeaderEpochReply.Partition(index: partition.index)
        guard caller.may(.describe, .topic(topic)) else {
            reply.error = .topicAuthorizationFailed
            return reply
        }
        guard let log = broker.partition(topic, partition.index) else {
            reply.error = .unknownTopicOrPartition
            return reply
        }
        if partition.currentEpoch > 0 {
            reply.error = .unknownLeaderEpoch
        } else if partition.epoch == 0 {
            (reply.epoch, reply.endOffset) = (0, log.highWatermark)
        }
        return reply
    }
}
