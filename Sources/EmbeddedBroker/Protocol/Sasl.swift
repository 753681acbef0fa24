import NIOCore

/// SaslHandshake (key 17), versions 0 and 1. After version 0 the tokens follow bare, without a request around them.
struct SaslHandshakeRequest: Equatable {
    var mechanism: String

    init(from reader: inout WireReader) throws(ProtocolError) { mechanism = try reader.string("mechanism") }
}

struct SaslHandshakeReply {
    var error: ErrorCode
    var mechanisms: [String]

    func write(to writer: inout WireWriter) {
        writer.error(error)
        writer.array(mechanisms) { $0.string($1) }
    }
}

/// SaslAuthenticate (key 36), versions 0 to 2.
struct SaslAuthenticateRequest: Equatable {
    var token: ByteBuffer

    init(from reader: inout WireReader) throws(ProtocolError) {
        token = try reader.bytes("SASL token")
        try reader.tags()
    }
}

struct SaslAuthenticateReply: Equatable {
    var error: ErrorCode
    var message: String?
    var token: [UInt8] = []

    func write(to writer: inout WireWriter, version: Int16) {
        writer.error(error)
        writer.nullableString(message)
        writer.bytes(token)
        if version >= 1 { writer.integer(Int64(0)) }  // A session does not end by time.
        writer.tags()
    }
}
