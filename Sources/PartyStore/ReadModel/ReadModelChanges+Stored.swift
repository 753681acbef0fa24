import ExchangeSchema
import PartyCore

extension ReadModelChanges {
    /// The stored form: a count, the changes, and their contents end to end.
    func encode(into writer: inout ByteWriter) {
        writer.append(UInt32(changes.count))
        for change in changes {
            writer.append(change.kind.rawValue)
            writer.append(change.subject)
            writer.append(change.record.high)
            writer.append(change.record.low)
            writer.append(change.revision)
            writer.append(change.time)
            writer.append(UInt32(change.content.count))
        }
        for change in changes { writer.append(arena[change.content]) }
    }

    /// Reads the stored form; nil when the bytes are damaged.
    init?(stored bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let count: UInt32 = reader.next() else { return nil }
        self.init()
        var end = 0
        for _ in 0..<count {
            guard let stored: UInt8 = reader.next(), let kind = ReadModelChange.Kind(rawValue: stored),
                let subject: UInt64 = reader.next(), let high: UInt64 = reader.next(),
                let low: UInt64 = reader.next(), let revision: UInt32 = reader.next(),
                let time: Int64 = reader.next(), let length: UInt32 = reader.next()
            else { return nil }
            changes.append(
                ReadModelChange(
                    kind, subject: subject, record: RecordIdentifier(high: high, low: low), revision: revision,
                    time: time, content: end..<end + Int(length)))
            end += Int(length)
        }
        guard let contents = reader.bytes(end), reader.isAtEnd else { return nil }
        arena = contents
    }
}
