import BrokerFuzz
import NIOCore

@testable import EmbeddedBroker

/// The bodies of requests as a client writes them.
enum Requests {
    static func produce(
        _ topic: String, _ partition: Int32 = 0, _ records: ByteBuffer?, acks: Int16 = -1,
        transactionalId: String? = nil
    ) -> (inout WireWriter) -> Void {
        { writer in
            writer.nullableString(transactionalId)
            writer.integer(acks)
            writer.integer(Int32(1_000))
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array([partition]) { writer, partition in
                    writer.integer(partition)
                    writer.nullableBytes(records)
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    static func fetch(
        _ topic: String, _ offsets: [Int32: Int64], version: Int16, wait: Int32 = 0, minimum: Int32 = 1,
        maximum: Int32 = 1_000_000, partitionMaximum: Int32 = 1_000_000, session: Int32 = 0
    ) -> (inout WireWriter) -> Void {
        { writer in
            writer.integer(Int32(-1))
            writer.integer(wait)
            writer.integer(minimum)
            writer.integer(maximum)
            writer.integer(Int8(0))
            if version >= 7 {
                writer.integer(session)
                writer.integer(Int32(-1))
            }
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array(offsets.sorted { $0.key < $1.key }) { writer, each in
                    writer.integer(each.key)
                    if version >= 9 { writer.integer(Int32(-1)) }
                    writer.integer(each.value)
                    if version >= 12 { writer.integer(Int32(-1)) }
                    if version >= 5 { writer.integer(Int64(-1)) }
                    writer.integer(partitionMaximum)
                    writer.tags()
                }
                writer.tags()
            }
            if version >= 7 { writer.array([Int32]()) { $0.integer($1) } }
            if version >= 11 { writer.nullableString("") }
            writer.tags()
        }
    }

    static func metadata(_ topics: [String]?, version: Int16, mayCreate: Bool = false) -> (inout WireWriter) -> Void {
        { writer in
            writer.array(topics) { writer, topic in
                writer.string(topic)
                writer.tags()
            }
            if version >= 4 { writer.boolean(mayCreate) }
            if version >= 8 {
                writer.boolean(false)
                writer.boolean(false)
            }
            writer.tags()
        }
    }

    static func createTopic(
        _ topic: String, partitions: Int32 = 1, replication: Int16 = 1, settings: [String: String] = [:],
        version: Int16
    ) -> (inout WireWriter) -> Void {
        { writer in
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.integer(partitions)
                writer.integer(replication)
                writer.array([Int32]()) { $0.integer($1) }
                writer.array(settings.sorted { $0.key < $1.key }) { writer, setting in
                    writer.string(setting.key)
                    writer.nullableString(setting.value)
                    writer.tags()
                }
                writer.tags()
            }
            writer.integer(Int32(1_000))
            if version >= 1 { writer.boolean(false) }
            writer.tags()
        }
    }

    static func listOffsets(_ topic: String, timestamp: Int64, version: Int16) -> (inout WireWriter) -> Void {
        { writer in
            writer.integer(Int32(-1))
            if version >= 2 { writer.integer(Int8(0)) }
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array([Int32(0)]) { writer, partition in
                    writer.integer(partition)
                    if version >= 4 { writer.integer(Int32(-1)) }
                    writer.integer(timestamp)
                }
            }
        }
    }

    static func commit(
        _ group: String, _ topic: String, _ offset: Int64, version: Int16, generation: Int32 = -1
    ) -> (inout WireWriter) -> Void {
        { writer in
            writer.string(group)
            writer.integer(generation)
            writer.string("")
            if version >= 7 { writer.nullableString(nil) }
            if version <= 4 { writer.integer(Int64(-1)) }
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array([Int32(0)]) { writer, partition in
                    writer.integer(partition)
                    writer.integer(offset)
                    if version >= 6 { writer.integer(Int32(0)) }
                    writer.nullableString("note")
                }
            }
        }
    }

    static func committed(_ group: String, _ topics: [String]?, version: Int16) -> (inout WireWriter) -> Void {
        { writer in
            writer.string(group)
            writer.array(topics) { writer, topic in
                writer.string(topic)
                writer.array([Int32(0)]) { $0.integer($1) }
                writer.tags()
            }
            if version >= 7 { writer.boolean(false) }
            writer.tags()
        }
    }

    static func coordinator(_ key: String, type: Int8 = 0, version: Int16) -> (inout WireWriter) -> Void {
        { writer in
            writer.string(key)
            if version >= 1 { writer.integer(type) }
            writer.tags()
        }
    }

    static func producerId(transactionalId: String? = nil, version: Int16) -> (inout WireWriter) -> Void {
        { writer in
            writer.nullableString(transactionalId)
            writer.integer(Int32(60_000))
            if version >= 3 {
                writer.integer(Int64(-1))
                writer.integer(Int16(-1))
            }
            writer.tags()
        }
    }

    static func describe(_ topic: String, version: Int16) -> (inout WireWriter) -> Void {
        { writer in
            writer.array([topic]) { writer, topic in
                writer.integer(Int8(2))
                writer.string(topic)
                writer.array([String]?.none) { $0.string($1) }
            }
            if version >= 1 { writer.boolean(false) }
        }
    }

    /// One well-formed frame, with its length, of every API in every version.
    static func samples(topic: String) -> [ByteBuffer] {
        let batch = SampleBatch(values: ["a", "b"]).bytes
        return APIKey.allCases.flatMap { api in
            api.versions.compactMap { version in
                WireTable.apis[api.rawValue]?.frame(
                    SampleRequests.values(of: api, topic: topic, batch: batch), version: version, correlation: 7)
            }
        }
    }
}
