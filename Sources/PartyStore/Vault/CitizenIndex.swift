import Crypto
import ExchangeSchema
import Foundation
import GRDB

/// Which records are a citizen's: pseudonyms, which say nothing to someone without the secret.
///
/// A row holds the entries of one batch (16 bytes of pseudonym, 16 of the record), and is searched from end to end: an
/// index sorted by pseudonym would be touched everywhere by each batch, and a search is rare (measured by its size: 32
/// MB for a million visits).
struct CitizenIndex {
    static let entry = 32
    /// Digits of a citizen's number.
    private static let digits = 12
    private let secret: [UInt8]

    /// Path of the secret in the auditor's directory.
    static func secretPath(_ directory: String) -> String { directory + "/keys/citizen.key" }

    /// Reads the secret, or makes it at the first start.
    /// - Parameters:
    ///   - mayMake: False once it has been used.
    ///   - seal: What it lies under; nil for nothing.
    /// - Throws: ``StoreError`` when it is gone, damaged, or cannot be written.
    init(directory: String, mayMake: Bool, seal: VaultSeal?) throws {
        let path = Self.secretPath(directory)
        if let data = FileManager.default.contents(atPath: path) {
            // A vault that was sealed a moment ago may still have it open.
            let found = data.count == 32 ? Array(data) : seal?.opened(citizens: Array(data))
            guard let found else { throw StoreError(.damaged, "\(path) is no key; restore it from a copy") }
            secret = found
            return
        }
        guard mayMake else {
            throw StoreError(
                .damaged, "\(path) is gone, and the citizens' records are found with it; restore it from a copy")
        }
        var random = RandomWords()
        secret = try random.bytes()
        try SecretFile.makeDirectory(directory + "/keys", mode: 0o700)
        try SecretFile.write(try seal?.sealed(citizens: secret) ?? secret, to: path, mode: 0o600)
    }

    /// Puts the secret under a seal, where it lies open; what lay there is overwritten.
    func hide(under seal: VaultSeal, directory: String) throws {
        let path = Self.secretPath(directory)
        guard FileManager.default.contents(atPath: path)?.count == secret.count else { return }
        // What lay there is reached by this handle also when the sealed one has taken its place.
        let former = FileHandle(forUpdatingAtPath: path)
        try SecretFile.write(try seal.sealed(citizens: secret), to: path, mode: 0o600)
        try former?.write(contentsOf: Data(count: secret.count))
        try former?.synchronize()
        try former?.close()
    }

    /// Appends the entry of a citizen's record.
    func append(_ number: UInt64, _ record: RecordIdentifier, to entries: inout [UInt8]) {
        let pseudonym = shortDigest(of: number)
        unsafe withUnsafeBytes(of: (pseudonym.high.bigEndian, pseudonym.low.bigEndian)) {
            unsafe entries.append(contentsOf: $0)
        }
        record.appendBytes(to: &entries)
    }

    /// A citizen's pseudonym: the first 16 bytes of SHA-256 over the secret and the 12 digits, as two words.
    func shortDigest(of number: UInt64) -> ShortDigest {
        unsafe withUnsafeTemporaryAllocation(byteCount: secret.count + Self.digits, alignment: 8) { bytes in
            unsafe bytes.copyBytes(from: secret)
            var rest = number
            for place in (secret.count..<bytes.count).reversed() {
                unsafe bytes[place] = 0x30 + UInt8(rest % 10)
                rest /= 10
            }
            return unsafe SHA256.hash(data: UnsafeRawBufferPointer(bytes)).withUnsafeBytes { digest in
                unsafe ShortDigest(
                    high: UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
        }
    }

    /// The records of a citizen, each once, in the order in which they were seen.
    func records(of number: UInt64, _ database: Database) throws -> [RecordIdentifier] {
        let wanted = shortDigest(of: number)
        var found: [RecordIdentifier] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT entries FROM citizen ORDER BY first")
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 0) { data in
                unsafe data?.withUnsafeBytes { bytes in
                    for at in stride(from: 0, to: bytes.count - Self.entry + 1, by: Self.entry) {
                        func word(_ place: Int) -> UInt64 {
                            unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at + place, as: UInt64.self))
                        }
                        guard word(0) == wanted.high, word(8) == wanted.low else { continue }
                        let record = RecordIdentifier(high: word(16), low: word(24))
                        if !found.contains(record) { found.append(record) }
                    }
                }
            }
        }
        return found
    }

    /// Takes all entries of some records out, whichever numbers they are under.
    func remove(_ records: Set<RecordIdentifier>, _ database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT first, entries FROM citizen")
        for row in rows {
            let entries: Data = try row.stored(1)
            var kept: [UInt8] = []
            for at in stride(from: 0, to: entries.count - Self.entry + 1, by: Self.entry) {
                let entry = Array(entries.dropFirst(at).prefix(Self.entry))
                let record = unsafe entry.withUnsafeBytes { bytes in
                    unsafe RecordIdentifier(
                        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)))
                }
                if !records.contains(record) { kept += entry }
            }
            guard kept.count < entries.count else { continue }
            try database.execute(
                sql: "UPDATE citizen SET entries = ? WHERE first = ?",
                arguments: [Data(kept), try row.stored(0) as Int64])
        }
    }
}
