/// InitProducerId (key 22), versions 0 to 4.
struct InitProducerIdRequest: Equatable {
    var transactionalId: String?

    init(from reader: inout WireReader, version: Int16) throws(ProtocolError) {
        transactionalId = try reader.nullableString("transactional id")
        _ = try reader.integer("transaction timeout", as: Int32.self)
        if version >= 3 {
            _ = try reader.integer("producer id", as: Int64.self)
            _ = try reader.integer("producer epoch", as: Int16.self)
        }
        try reader.tags()
    }
}

struct InitProducerIdReply {
    var error: ErrorCode
    var producerId: Int64 = -1
    var producerEpoch: Int16 = -1

    func write(to writer: inout WireWriter, version: Int16) {
        writer.integer(Int32(0))
        writer.error(error)
        writer.integer(producerId)
        writer.integer(producerEpoch)
        writer.tags()
    }
}
