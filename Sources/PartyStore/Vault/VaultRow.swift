import ExchangeSchema

/// One row of the table `vault`: the sealed records of one batch, in the order of its leaves.
///
///     1 byte       version: 2, or 1 where records were sealed without being packed first
///     8 bytes      what the nonces of the row begin with
///     20 each      the record that a Kafka record is about (16 bytes), and where its sealed bytes end (4, little-endian)
///     bytes        the sealed records end to end
struct VaultRow {
    static let version: UInt8 = 2
    private static let versions: ClosedRange<UInt8> = 1...version
    private static let head = 9
    private static let entry = 20

    /// Number of records.
    let count: Int
    private let bytes: [UInt8]
    private let nonce: UInt64

    /// Reads a row of so many records; nil when the bytes are none.
    init?(stored: [UInt8], count: Int) {
        guard stored.count >= Self.head, Self.versions.contains(stored[0]), count >= 0,
            (stored.count - Self.head) / Self.entry >= count
        else { return nil }
        bytes = stored
        self.count = count
        nonce = unsafe UInt64(
            littleEndian: stored.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: 1, as: UInt64.self) })
        var last = 0
        for index in 0..<count {
            let end = end(index)
            guard end >= last else { return nil }
            last = end
        }
        guard Self.head + count * Self.entry + last == stored.count else { return nil }
    }

    private func end(_ index: Int) -> Int {
        unsafe bytes.withUnsafeBytes {
            unsafe Int(
                UInt32(
                    littleEndian: $0.loadUnaligned(
                        fromByteOffset: Self.head + index * Self.entry + 16, as: UInt32.self)))
        }
    }

    /// Bytes in memory.
    var byteCount: Int { bytes.count }

    /// The record that one is about.
    func record(_ index: Int) -> RecordIdentifier {
        unsafe bytes.withUnsafeBytes { bytes in
            func word(_ at: Int) -> UInt64 {
                unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            }
            let at = Self.head + index * Self.entry
            return RecordIdentifier(high: word(at), low: word(at + 8))
        }
    }

    /// Decrypts one; nil when it was altered.
    func open(
        _ index: Int, with key: VaultKey, place: ObservedPlace, unpacker: RecordUnpacker
    ) -> TrafficRecord? {
        let base = Self.head + count * Self.entry
        let range = base + (index == 0 ? 0 : end(index - 1))..<base + end(index)
        return unsafe bytes.withUnsafeBytes {
            unsafe SealedRecord.open(
                UnsafeRawBufferPointer(rebasing: $0[range]), with: key,
                nonce: VaultNonce(row: nonce, index: UInt32(truncatingIfNeeded: index)), place: place,
                unpacker: bytes[0] == 1 ? nil : unpacker)
        }
    }

    /// Gathers the records of a batch.
    struct Builder {
        private let packer: RecordPacker
        private var directory: [UInt8] = []
        private var sealed: [UInt8] = []
        private var open: [UInt8] = []
        private var row: UInt64 = 0
        private(set) var count: UInt32 = 0

        init(_ packer: RecordPacker) { self.packer = packer }

        /// Begins a row.
        mutating func begin(nonce: UInt64) {
            row = nonce
            count = 0
            sealed.removeAll(keepingCapacity: true)
            directory.removeAll(keepingCapacity: true)
            directory.append(VaultRow.version)
            unsafe withUnsafeBytes(of: nonce.littleEndian) { unsafe directory.append(contentsOf: $0) }
        }

        /// Seals a record and adds it.
        mutating func add(
            _ record: RecordIdentifier, key: VaultKey, timestamp: Int64, lengths: [Int32], bytes: RawSpan
        ) throws {
            open.removeAll(keepingCapacity: true)
            SealedRecord.append(timestamp: timestamp, lengths: lengths, bytes: bytes, to: &open)
            try unsafe packer.packing(open) {
                try unsafe SealedRecord.seal($0, with: key, nonce: VaultNonce(row: row, index: count), to: &sealed)
            }
            record.appendBytes(to: &directory)
            unsafe withUnsafeBytes(of: UInt32(truncatingIfNeeded: sealed.count).littleEndian) {
                unsafe directory.append(contentsOf: $0)
            }
            count += 1
        }

        /// The stored form; good until the next ``begin(nonce:)``.
        mutating func finish() -> [UInt8] {
            directory.append(contentsOf: sealed)
            return directory
        }
    }
}
