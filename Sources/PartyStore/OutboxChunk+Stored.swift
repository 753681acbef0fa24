import ExchangeSchema
import PartyCore
import Vocabulary

extension OutboxChunk {
    /// The stored form.
    func encode(into writer: inout ByteWriter) {
        writer.append(time)
        writer.append(firstSequence)
        writer.append(UInt32(messages.count))
        writer.append(UInt32(arena.count))
        writer.append(UInt32(deadLetters.count))
        for message in messages {
            writer.append(UInt32(message.type.rawValue) | UInt32(message.province) << 24)
            writer.append(UInt32(message.key.lowerBound))
            writer.append(UInt32(message.key.count))
            writer.append(UInt32(message.source.count))
            writer.append(UInt32(message.payload.count))
            writer.append(message.record.high)
            writer.append(message.record.low)
            writer.append(message.message.uuid.high)
            writer.append(message.message.uuid.low)
            writer.append(message.salt.high)
            writer.append(message.salt.low)
        }
        writer.append(arena)
        for letter in deadLetters {
            writer.append(text: letter.topic)
            writer.append(optional: letter.key)
            writer.append(optional: letter.value)
            writer.append(UInt32(letter.headers.count))
            for header in letter.headers {
                writer.append(text: header.name)
                writer.append(optional: header.value)
            }
        }
    }

    /// Reads the stored form; nil when the bytes are damaged.
    init?(number: Int64, stored bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let time: Int64 = reader.next(), let first: Int64 = reader.next(), let count: UInt32 = reader.next(),
            let arenaCount: UInt32 = reader.next(), let letters: UInt32 = reader.next()
        else { return nil }
        self.init(number: number, time: time, firstSequence: first, messages: [], arena: [], deadLetters: [])
        for _ in 0..<count {
            guard let message = Self.message(&reader, arenaCount: Int(arenaCount)) else { return nil }
            messages.append(message)
        }
        guard let arena = reader.bytes(Int(arenaCount)) else { return nil }
        self.arena = arena
        for _ in 0..<letters {
            guard let letter = Self.deadLetter(&reader) else { return nil }
            deadLetters.append(letter)
        }
        guard reader.isAtEnd else { return nil }
    }

    private static func message(_ reader: inout ByteReader, arenaCount: Int) -> OutgoingMessage? {
        guard let type: UInt32 = reader.next(),
            let kind = UInt8(exactly: type & 0xFF_FFFF).flatMap(MessageType.init(rawValue:)),
            let start: UInt32 = reader.next(), let key: UInt32 = reader.next(), let source: UInt32 = reader.next(),
            let payload: UInt32 = reader.next(), let high: UInt64 = reader.next(), let low: UInt64 = reader.next(),
            let messageHigh: UInt64 = reader.next(), let messageLow: UInt64 = reader.next(),
            let saltHigh: UInt64 = reader.next(), let saltLow: UInt64 = reader.next()
        else { return nil }
        let keyEnd = Int(start) + Int(key)
        let sourceEnd = keyEnd + Int(source)
        let end = sourceEnd + Int(payload)
        guard end <= arenaCount else { return nil }
        return OutgoingMessage(
            type: kind, message: MessageIdentifier(RecordIdentifier(high: messageHigh, low: messageLow)), cause: nil,
            record: RecordIdentifier(high: high, low: low), key: Int(start)..<keyEnd, source: keyEnd..<sourceEnd,
            payload: sourceEnd..<end, salt: PayloadSalt(high: saltHigh, low: saltLow),
            province: UInt8(truncatingIfNeeded: type >> 24))
    }

    private static func deadLetter(_ reader: inout ByteReader) -> DeadLetter? {
        guard let topic = reader.text(), let key = reader.optionalBytes(), let value = reader.optionalBytes(),
            let count: UInt32 = reader.next()
        else { return nil }
        var letter = DeadLetter(topic: topic, key: key, value: value, headers: [])
        for _ in 0..<count {
            guard let name = reader.text(), let value = reader.optionalBytes() else { return nil }
            letter.headers.append(DeadLetterHeader(name, value ?? []))
        }
        return letter
    }
}
