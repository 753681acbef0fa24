public import ExchangeSchema
public import PartyCore

/// Encoded messages in which something is changed, and what a party does with them: to prove that what is read where it lies
/// is what the library reads.
public enum SpoiltMessage {
    /// A field that no message of the exchange has. Behind it a message says the same, and is refused where it was refused
    /// without it; but only the library reads it.
    public static let unknownField: [UInt8] = [0x80, 0x7D, 0x01]

    /// The bytes with one to three changes: other bytes, fewer, a field that nobody knows, a field once more, a group.
    public static func spoilt(_ bytes: [UInt8], by random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.removeLast(min(bytes.count, Int.random(in: 1..<9, using: &random)))
            case 3: bytes.remove(at: place)
            case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            // A field again, as a text, as a number, and as what no field is.
            case 5: bytes += [UInt8.random(in: 1...12, using: &random) << 3 | 2, 2, 0x31, 0x32]
            case 6: bytes += [UInt8.random(in: 1...12, using: &random) << 3, UInt8.random(in: 0...5, using: &random)]
            case 7: bytes += [UInt8.random(in: 1...12, using: &random) << 3 | 5, 1, 2, 3, 4]
            default: bytes += [0xFB, 0x01, 0x08, 0x01, 0xFC, 0x01]
            }
        }
        return bytes
    }
}

extension Rig {
    /// What a party says of a message, sends, and tells those who read its book.
    public struct Outcome: Equatable {
        /// What it decided.
        public var verdict: Verdict
        /// What it sent.
        public var sent: [SentMessage]
        /// Contents of what it told.
        public var told: [[UInt8]]
        /// Its ledger afterwards.
        public var ledger: Ledger
    }

    /// Hands a message in as it is.
    public mutating func outcome(of payload: [UInt8], _ head: MessageHead) throws -> Outcome {
        var message = SentMessage(unreadable: head.type, head.record)
        (message.head, message.payload) = (head, payload)
        let before = readModelChanges.changes.count
        let verdict = try receive(message)
        let told = readModelChanges.changes[before...].map { Array(readModelChanges.content(of: $0)) }
        return Outcome(verdict: verdict, sent: takeSent(), told: told, ledger: ledger)
    }
}
