import NIOCore

/// From a frame to its answer: reads header and body, and asks the service that the API belongs to.
struct RequestDispatcher {
    /// Only a produce carries data; every other request is small, and a large one would cost many times its size.
    static let maximumPlainRequestBytes = 4 * 1_024 * 1_024

    let broker: BrokerState

    func answer(_ frame: ByteBuffer, at endpoint: Endpoint) throws(ProtocolError) -> Answer {
        var (header, body) = try RequestHeader.read(frame)
        let version = header.version
        guard let api = APIKey(rawValue: header.key), api.versions.contains(version) else {
            return try refuse(header)
        }
        if api != .produce && frame.readableBytes > Self.maximumPlainRequestBytes {
            throw .frameTooLarge(bytes: frame.readableBytes, limit: Self.maximumPlainRequestBytes)
        }
        switch api {
        case .produce:
            return ProduceService(broker: broker).answer(try ProduceRequest(from: &body, version: version), header)
        case .fetch:
            return FetchService(broker: broker).answer(try FetchRequest(from: &body, version: version), header)
        default:
            var writer = header.reply(to: api)
            try answer(api, version, &body, endpoint, &writer)
            return .now(writer.framed())
        }
    }

    /// The requests that are answered at once with a small reply.
    private func answer(
        _ api: APIKey, _ version: Int16, _ body: inout WireReader, _ endpoint: Endpoint, _ writer: inout WireWriter
    ) throws(ProtocolError) {
        let topics = TopicService(broker: broker)
        let groups = GroupOffsetService(broker: broker)
        switch api {
        case .produce, .fetch: break
        case .apiVersions: ApiVersionsReply(error: .none).write(to: &writer, version: version)
        case .metadata:
            topics.metadata(try MetadataRequest(from: &body, version: version), endpoint)
                .write(to: &writer, version: version)
        case .listOffsets:
            topics.listOffsets(try ListOffsetsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .createTopics:
            topics.create(try CreateTopicsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .describeConfigs:
            topics.describe(try DescribeConfigsRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .findCoordinator:
            groups.coordinator(try FindCoordinatorRequest(from: &body, version: version), endpoint)
                .write(to: &writer, version: version)
        case .offsetCommit:
            groups.commit(try OffsetCommitRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        case .offsetFetch:
            groups.fetch(try OffsetFetchRequest(from: &body, version: version)).write(to: &writer, version: version)
        case .initProducerId:
            groups.producerId(try InitProducerIdRequest(from: &body, version: version))
                .write(to: &writer, version: version)
        }
    }

    /// An unknown version of ApiVersions is answered in version 0, so that the client can step down (KIP-511). To
    /// anything else that we do not list no well-formed answer exists.
    private func refuse(_ header: RequestHeader) throws(ProtocolError) -> Answer {
        guard header.key == APIKey.apiVersions.rawValue else {
            throw .unsupported(api: header.key, version: header.version)
        }
        var basic = header
        basic.version = 0
        var writer = basic.reply(to: .apiVersions)
        ApiVersionsReply(error: .unsupportedVersion).write(to: &writer, version: 0)
        return .now(writer.framed())
    }
}
