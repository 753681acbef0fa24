/// Answers what is asked of topics: which there are, where they begin and end, how they are set; and makes new ones.
struct TopicService {
    let broker: BrokerState
    let caller: Caller

    func metadata(_ request: MetadataRequest, _ endpoint: Endpoint) -> MetadataReply {
        let topics: [MetadataReply.Topic] =
            if let topics = request.topics {
                topics.map { describe($0, mayCreate: request.mayCreateTopics) }
            } else {
                broker.catalog.sorted.filter { caller.may(.describe, .topic($0.name)) }.map {
                    Self.describe($0)
                }
            }
        var reply = MetadataReply(
            host: endpoint.host, port: endpoint.port, clusterId: broker.directory.clusterId, topics: topics)
        if request.includesClusterOperations { reply.operations = caller.operations(on: .cluster) }
        if request.includesTopicOperations {
            for index in reply.topics.indices {
                guard let name = reply.topics[index].name else { continue }
                reply.topics[index].operations = caller.operations(on: .topic(name))
            }
        }
        return reply
    }

    private static func describe(_ topic: Topic) -> MetadataReply.Topic {
        .init(error: .none, name: topic.name, id: topic.id, partitions: topic.partitions.count)
    }

    private func describe(_ reference: TopicReference, mayCreate: Bool) -> MetadataReply.Topic {
        switch reference {
        case .name(let name): return describe(name, mayCreate: mayCreate)
        case .id(let id):
            guard let topic = broker.catalog[reference] else {
                return .init(error: .unknownTopicId, name: nil, id: id, partitions: 0)
            }
            // Whoever may not see a topic does not learn its name by its number.
            guard caller.may(.describe, .topic(topic.name)) else {
                return .init(error: .topicAuthorizationFailed, name: nil, id: id, partitions: 0)
            }
            return Self.describe(topic)
        }
    }

    private func describe(_ name: String, mayCreate: Bool) -> MetadataReply.Topic {
        guard caller.may(.describe, .topic(name)) else {
            return .init(error: .topicAuthorizationFailed, name: name, partitions: 0)
        }
        if let topic = broker.catalog.topics[name] {
            return Self.describe(topic)
        }
        guard Topic.isValid(name: name) else { return .init(error: .invalidTopic, name: name, partitions: 0) }
        guard mayCreate, broker.configuration.createsTopicsAutomatically else {
            return .init(error: .unknownTopicOrPartition, name: name, partitions: 0)
        }
        let wish = CreateTopicsRequest.Topic(
            name: name, partitions: -1, replicationFactor: -1, assignments: [], settings: [])
        let created = create(wish, validateOnly: false)
        return .init(
            error: created.error, name: name, id: created.id,
            partitions: created.error == .none ? created.partitions : 0)
    }

    func listOffsets(_ request: ListOffsetsRequest) -> ListOffsetsReply {
        ListOffsetsReply(
            topics: request.topics.map { topic in
                (topic.name, topic.partitions.map { offset(of: topic.name, $0) })
            })
    }

    private func offset(
        of topic: String, _ partition: ListOffsetsRequest.Partition
    ) -> ListOffsetsReply.Partition {
        var reply = ListOffsetsReply.Partition(index: partition.index, error: .none)
        guard caller.may(.describe, .topic(topic)) else {
            reply.error = .topicAuthorizationFailed
            return reply
        }
        guard let log = broker.partition(topic, partition.index) else {
            reply.error = .unknownTopicOrPartition
            return reply
        }
        switch partition.timestamp {
        case ListOffsetsRequest.latest: reply.offset = log.highWatermark
        case ListOffsetsRequest.earliest: reply.offset = log.startOffset
        case ..<ListOffsetsRequest.newest: reply.error = .invalidRequest
        default:
            do {
                let isNewest = partition.timestamp == ListOffsetsRequest.newest
                if let found = try isNewest ? log.newestRecord() : log.record(atOrAfter: partition.timestamp) {
                    (reply.offset, reply.timestamp) = found
                }
            } catch {
                broker.storageFailed(error)
                reply.error = .storageError
            }
        }
        return reply
    }

    func create(_ request: CreateTopicsRequest) -> CreateTopicsReply {
        var seen: [String: Int] = [:]
        for topic in request.topics { seen[topic.name, default: 0] += 1 }
        return CreateTopicsReply(
            topics: request.topics.map { topic in
                guard seen[topic.name] == 1 else {
                    return .init(
                        name: topic.name, error: .invalidRequest, message: "the topic is named twice",
                        partitions: 0, settings: [])
                }
                return create(topic, validateOnly: request.validateOnly)
            })
    }

    private func create(_ wish: CreateTopicsRequest.Topic, validateOnly: Bool) -> CreateTopicsReply.Topic {
        var reply = CreateTopicsReply.Topic(
            name: wish.name, error: .none, message: nil, partitions: 0, settings: [])
        func refuse(_ error: ErrorCode, _ message: String) -> CreateTopicsReply.Topic {
            reply.error = error
            reply.message = message
            return reply
        }
        guard Topic.isValid(name: wish.name) else {
            return refuse(.invalidTopic, "a name is 1 to 249 letters, digits, '.', '_' and '-'")
        }
        guard caller.may(.create, .topic(wish.name)) || caller.may(.create, .cluster) else {
            return refuse(.topicAuthorizationFailed, "not allowed to create topic \(wish.name)")
        }
        guard broker.catalog.topics[wish.name] == nil else {
            return refuse(.topicAlreadyExists, "topic \(wish.name) exists")
        }
        if let (error, message) = TopicLayout.problem(of: wish) { return refuse(error, message) }
        reply.partitions = TopicLayout.partitions(of: wish, default: broker.configuration.defaultPartitions)
        guard broker.catalog.partitionCount + reply.partitions <= broker.configuration.maximumPartitions else {
            return refuse(.policyViolation, "more than \(broker.configuration.maximumPartitions) partitions in all")
        }
        guard broker.catalog.topics.count < broker.configuration.maximumTopics else {
            return refuse(.policyViolation, "more than \(broker.configuration.maximumTopics) topics in all")
        }
        var settings = TopicSettings(defaults: broker.configuration)
        for setting in wish.settings {
            if let problem = settings.set(setting.name, to: setting.value) { return refuse(.invalidConfig, problem) }
        }
        reply.settings = settings.described
        if validateOnly { return reply }
        do {
            reply.id = try broker.catalog.create(wish.name, partitions: reply.partitions, settings: settings).id
        } catch {
            broker.storageFailed(error)
            return refuse(.storageError, error.description)
        }
        return reply
    }

    func describe(_ request: DescribeConfigsRequest) -> DescribeConfigsReply {
        DescribeConfigsReply(
            resources: request.resources.map { resource in
                var reply = DescribeConfigsReply.Resource(
                    error: .none, message: nil, type: resource.type, name: resource.name, settings: [])
                switch resource.type {
                case DescribeConfigsRequest.topic:
                    if !caller.may(.describe, .topic(resource.name)) {
                        reply.error = .topicAuthorizationFailed
                    } else if let topic = broker.catalog.topics[resource.name] {
                        reply.settings = topic.settings.described
                    } else {
                        reply.error = .unknownTopicOrPartition
                    }
                case DescribeConfigsRequest.broker where !caller.may(.describe, .cluster):
                    reply.error = .clusterAuthorizationFailed
                case DescribeConfigsRequest.broker:
                    reply.settings = TopicSettings(defaults: broker.configuration).described
                default:
                    reply.error = .invalidRequest
                    reply.message = "resource type \(resource.type) has no settings here"
                }
                if let wanted = resource.settings { reply.settings.removeAll { !wanted.contains($0.name) } }
                return reply
            })
    }
}
