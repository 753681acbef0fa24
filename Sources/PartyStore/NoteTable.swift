import ExchangeSchema
import PartyCore

/// The table `note`: five words about something that is no record, such as a person, under a 16-byte key. A store of
/// before it had notes gets the table when it is opened.
final class NoteTable {
    private let select: Statement
    private let upsert: Statement

    init(_ connection: OpaquePointer) throws(StoreError) {
        select = try unsafe Statement(connection, "SELECT words FROM note WHERE id = ?1")
        upsert = try unsafe Statement(
            connection,
            "INSERT INTO note (id, words) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET words = excluded.words")
    }

    func finalize() {
        select.finalize()
        upsert.finalize()
    }

    func words(_ subject: RecordIdentifier) throws(StoreError) -> RecordWords? {
        var key = (subject.high.bigEndian, subject.low.bigEndian)
        return try unsafe withUnsafeBytes(of: &key) { key throws(StoreError) -> RecordWords? in
            try unsafe select.bind(borrowed: key, at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            let words = unsafe select.withBytes(0) { unsafe RecordWords(stored: $0) }
            guard let words else {
                throw StoreError(.damaged, "the note \(subject) is damaged; restore from a copy")
            }
            return words
        }
    }

    func set(_ words: RecordWords, for subject: RecordIdentifier) throws(StoreError) {
        var row = (
            subject.high.bigEndian, subject.low.bigEndian, words.first.littleEndian, words.second.littleEndian,
            words.third.littleEndian, words.fourth.littleEndian, words.fifth.littleEndian
        )
        try unsafe withUnsafeBytes(of: &row) { row throws(StoreError) in
            try unsafe upsert.bind(borrowed: UnsafeRawBufferPointer(rebasing: row[0..<16]), at: 1)
            try unsafe upsert.bind(borrowed: UnsafeRawBufferPointer(rebasing: row[16..<56]), at: 2)
            try upsert.run()
        }
    }
}
