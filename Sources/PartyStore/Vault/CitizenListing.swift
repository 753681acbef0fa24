public import ExchangeSchema
import Foundation
import GRDB

/// The index of citizens, to be held against what the vault has: each pseudonym with its record must come from a number that
/// was seen in a message about the record, and each number that was seen must be there.
public struct CitizenListing {
    private struct Entry: Hashable {
        var pseudonym: ShortDigest
        var record: RecordIdentifier
    }

    private let index: CitizenIndex
    private var listed: Set<Entry> = []
    private var seen: Set<Entry> = []
    private var last: (number: UInt64, record: RecordIdentifier)?
    /// How many numbers with their records were seen and are not listed.
    public private(set) var missing = 0

    /// Whether a number that was seen with a record is listed; each pair is looked up once while nothing else comes between.
    public mutating func take(_ number: UInt64, _ record: RecordIdentifier) -> Bool {
        if let last, last.number == number, last.record == record { return true }
        last = (number, record)
        let entry = Entry(pseudonym: index.shortDigest(of: number), record: record)
        guard listed.contains(entry) else {
            missing += 1
            return false
        }
        seen.insert(entry)
        return true
    }

    /// Whether nothing that was seen is listed.
    public var isStrange: Bool { seen.isEmpty && missing > 0 }

    /// Records that are listed under something that was not seen with them.
    public var unfounded: [RecordIdentifier] { Set(listed.subtracting(seen).map(\.record)).sorted() }

    init(_ index: CitizenIndex, _ database: Database) throws {
        self.index = index
        let rows = try Row.fetchCursor(database, sql: "SELECT entries FROM citizen ORDER BY first")
        while let row = try rows.next() {
            let entries: Data = try row.stored(0)
            unsafe entries.withUnsafeBytes { bytes in
                func word(_ place: Int) -> UInt64 {
                    unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                }
                for at in stride(from: 0, to: bytes.count - CitizenIndex.entry + 1, by: CitizenIndex.entry) {
                    listed.insert(
                        Entry(
                            pseudonym: ShortDigest(high: word(at), low: word(at + 8)),
                            record: RecordIdentifier(high: word(at + 16), low: word(at + 24))))
                }
            }
        }
    }
}

extension VaultInspection {
    /// The index of citizens.
    /// - Throws: ``StoreError`` when its secret is gone or damaged.
    public func citizenListing() throws -> CitizenListing {
        let index = try CitizenIndex(directory: directory, mayMake: false, seal: try seal.get())
        return try store.view.read { try CitizenListing(index, $0) }
    }
}
