import ExchangeSchema
public import PartyCore
public import PartyStore
import Vocabulary

/// Batches that touch everything a batch can touch: each takes in ``size`` records and keeps bytes for them, shares half
/// of those of the batch before, writes leaves, moves an offset, sends a chunk and confirms the one before.
public struct SampleBatch {
    /// Records taken in by a batch.
    public static let size: Int64 = 20
    /// Number of the last batch filled, from 1.
    public private(set) var number: Int64
    private var ledger: Ledger
    private var nextLeaf: Int64

    /// Goes on where a store had come.
    public init(continuing progress: StoredProgress) {
        number = progress.nextChunk - 1
        ledger = progress.ledger
        nextLeaf = progress.nextSequence
    }

    /// Does the next batch's work and says what to commit.
    public mutating func fill(_ state: inout StoreState<SampleRecord>) throws -> BatchCommit? {
        number += 1
        let first = (number - 1) * Self.size
        for index in first..<first + Self.size {
            let position = state.keep(
                Array(repeating: UInt8(truncatingIfNeeded: index), count: 500), for: .stored(index), since: number)
            state.set(SampleRecord(.pending, UInt64(index), keptAt: position), for: .stored(index))
            ledger.open()
        }
        for index in max(0, first - Self.size)..<max(0, first - Self.size / 2) {
            guard var record = try state.record(.stored(index)) else { continue }
            state.drop(record.keptAt)
            record.phase = .shared
            record.keptAt = 0
            state.set(record, for: .stored(index))
            ledger.share()
        }
        let leaves = Self.leaves(from: first)
        let firstLeaf = nextLeaf
        nextLeaf += Self.size
        return BatchCommit(
            books: PartyBooks(ledger: ledger),
            offsets: [PartitionOffset(topic: "facility.records", partition: 3, next: first + Self.size)],
            firstLeaf: firstLeaf, leaves: leaves, chunk: Self.chunk(number, firstSequence: firstLeaf),
            sentChunks: number > 1 ? [number - 1] : [])
    }

    /// The stored leaves of a batch; the offset of each is its number.
    public static func leaves(from first: Int64, count: Int64 = size) -> [UInt8] {
        var bytes: [UInt8] = []
        for offset in first..<first + count {
            let leaf = JournalLeaf(
                decision: .accepted, type: 1, reason: 0, topic: 0, partition: 3, offset: offset,
                message: MessageIdentifier(.facilityRecord, record: .stored(offset), revision: 1), cause: .none,
                time: 1_000, digest: PayloadDigest(of: [1, 2, 3]))
            leaf.append(to: &bytes)
        }
        return bytes
    }

    /// A chunk of one message and one dead letter.
    public static func chunk(_ number: Int64, firstSequence: Int64 = 0) -> OutboxChunk {
        var effects = Effects()
        var message = Correction()
        message.recordID = RecordIdentifier.stored(number).description
        message.code = "vss.010"
        effects.send(message, record: .stored(number), revision: 1, key: "01013", source: "/01013")
        let letter = DeadLetter(
            topic: "facility.records.dlt", key: nil, value: [0xFF],
            headers: [DeadLetterHeader("dlt_reason", Array("không đọc được".utf8)), DeadLetterHeader("empty", [])])
        return OutboxChunk(
            number: number, time: 1_000, firstSequence: firstSequence, messages: effects.messages,
            arena: effects.arena, deadLetters: [letter])
    }
}
