/// The requests that are answered at once with a small reply.
struct SmallRequests {
    let broker: BrokerState
    let caller: Caller
    let endpoint: Endpoint
    let api: APIKey
    let version: Int16

    func answer(_ body: inout WireReader, _ writer: inout WireWriter) throws(ProtocolError) {
        switch api {
        case .apiVersions: ApiVersionsReply(error: .none).write(to: &writer, version: version)
        case .metadata, .listOffsets, .createTopics, .describeConfigs: try topics(&body, &writer)
        case .heartbeat, .leaveGroup, .describeGroups, .listGroups, .deleteGroups: try groups(&body, &writer)
        case .findCoordinator, .offsetCommit, .offsetFetch, .offsetDelete, .initProducerId:
            try offsets(&body, &writer)
        case .addPartitionsToTxn, .addOffsetsToTxn, .endTxn, .txnOffsetCommit:
            TransactionReply(request: try TransactionRequest(api, from: &body, version: version))
                .write(api, to: &writer)
        default: try administration(&body, &writer)
        }
    }

    private func topics(_ body: inout WireReader, _ writer: inout WireWriter) throws(ProtocolError) {
        let topics = TopicService(broker: broker, caller: caller)
        switch api {
        case .metadata:
            topics.metadata(try MetadataRequest(from: &body, version: version), endpoint)
                .write(to: &writer, version: version)
        case .listOffsets:
            topics.listOffsets(try ListOffsetsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .createTopics:
            topics.create(try CreateTopicsRequest(from: &body, version: version)).write(to: &writer, version: version)
        default:
            topics.describe(try DescribeConfigsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        }
    }

    private func groups(_ body: inout WireReader, _ writer: inout WireWriter) throws(ProtocolError) {
        let groups = GroupService(broker: broker, caller: caller)
        switch api {
        case .heartbeat:
            groups.heartbeat(try HeartbeatRequest(from: &body, version: version)).write(to: &writer, version: version)
        case .leaveGroup:
            groups.leave(try LeaveGroupRequest(from: &body, version: version)).write(to: &writer, version: version)
        case .describeGroups:
            groups.describe(try DescribeGroupsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .listGroups:
            groups.list(try ListGroupsRequest(from: &body, version: version)).write(to: &writer, version: version)
        default:
            groups.delete(try DeleteGroupsRequest(from: &body, version: version)).write(to: &writer, version: version)
        }
    }

    private func offsets(_ body: inout WireReader, _ writer: inout WireWriter) throws(ProtocolError) {
        let offsets = GroupOffsetService(broker: broker, caller: caller)
        switch api {
        case .findCoordinator:
            offsets.coordinator(try FindCoordinatorRequest(from: &body, version: version), endpoint)
                .write(to: &writer, version: version)
        case .offsetCommit:
            offsets.commit(try OffsetCommitRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .offsetFetch:
            offsets.fetch(try OffsetFetchRequest(from: &body, version: version)).write(to: &writer, version: version)
        case .offsetDelete:
            offsets.delete(try OffsetDeleteRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        default:
            offsets.producerId(try InitProducerIdRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        }
    }

    private func administration(_ body: inout WireReader, _ writer: inout WireWriter) throws(ProtocolError) {
        let admin = TopicAdminService(broker: broker, caller: caller)
        switch api {
        case .deleteTopics:
            admin.delete(try DeleteTopicsRequest(from: &body, version: version)).write(to: &writer, version: version)
        case .createPartitions:
            admin.createPartitions(try CreatePartitionsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .alterConfigs, .incrementalAlterConfigs:
            let request = try AlterConfigsRequest(from: &body, isIncremental: api == .incrementalAlterConfigs)
            admin.alter(request).write(to: &writer)
        case .describeCluster:
            admin.describeCluster(try DescribeClusterRequest(from: &body, version: version), endpoint)
                .write(to: &writer, version: version)
        case .deleteRecords:
            admin.deleteRecords(try DeleteRecordsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .offsetForLeaderEpoch:
            admin.ends(try OffsetForLeaderEpochRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        default: throw .unsupported(api: api.rawValue, version: version, client: caller.client.id)
        }
    }
}
