/// DescribeCluster (key 60), versions 0 and 1.
struct DescribeClusterRequest: Equatable {
    static let brokers: Int8 = 1

    var includesOperations: Bool
    /// 1: brokers; 2: controllers (KIP-919).
    var endpointType: Int8

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        includesOperations = try reader.boolean("include authorized operations")
        endpointType = version >= 1 ? try reader.integer("endpoint type") : Self.brokers
        try reader.tags()
    }
}

struct DescribeClusterReply {
    var error = ErrorCode.none
    var message: String?
    var clusterId: String
    var endpoint: Endpoint
    var operations = MetadataReply.noOperations

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.error(error)
        writer.nullableString(message)
        if version >= 1 { writer.integer(DescribeClusterRequest.brokers) }
        writer.string(clusterId)
        writer.integer(MetadataReply.nodeId)
        writer.array(error == .none ? [endpoint] : []) { writer, endpoint in
            writer.integer(MetadataReply.nodeId)
            writer.string(endpoint.host)
            writer.integer(Int32(truncatingIfNeeded: endpoint.port))
            writer.nullableString(nil)
            writer.tags()
        }
        writer.integer(operations)
        writer.tags()
    }
}
