/// How many partitions a new topic gets, and whether its wish for replicas can be met by one broker.
enum TopicLayout {
    static func problem(of wish: CreateTopicsRequest.Topic) -> (ErrorCode, String)? {
        if wish.assignments.isEmpty {
            guard wish.partitions == -1 || wish.partitions > 0 else {
                return (.invalidPartitions, "a topic has at least one partition")
            }
            guard wish.replicationFactor == -1 || wish.replicationFactor == 1 else {
                return (.invalidReplicationFactor, "there is one broker: the replication factor is 1")
            }
            return nil
        }
        guard wish.partitions == -1, wish.replicationFactor == -1 else {
            return (.invalidRequest, "with assignments, partition count and replication factor must be -1")
        }
        let indices = wish.assignments.map(\.partition).sorted()
        guard indices == Array(0..<Int32(truncatingIfNeeded: indices.count)),
            wish.assignments.allSatisfy({ $0.brokers == [MetadataReply.nodeId] })
        else {
            return (.invalidReplicaAssignment, "partitions are numbered from 0 and live on broker 1")
        }
        return nil
    }

    static func partitions(of wish: CreateTopicsRequest.Topic, default count: Int) -> Int {
        if !wish.assignments.isEmpty { return wish.assignments.count }
        return wish.partitions == -1 ? count : Int(wish.partitions)
    }
}
