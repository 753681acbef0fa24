import CSHA2
public import Vocabulary

/// SHA-256 of a payload (FIPS 180-4), as four big-endian words so that it needs no allocation.
public struct PayloadDigest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes as four words.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of some bytes.
    public init(of bytes: RawSpan) {
        self = bytes.withUnsafeBytes { PayloadDigest(of: $0) }
    }

    /// The digest of a salt and some bytes.
    public init(of bytes: RawSpan, salt: PayloadSalt) {
        self = bytes.withUnsafeBytes { buffer in
            PartHasher.with(capacity: buffer.count) { hasher in
                hasher.begin(salt)
                hasher.append(buffer)
                return hasher.finish()
            }
        }
    }

    /// What a journal's leaf says of a payload: ``PayloadParts/commitment``, without cutting it into pieces.
    /// - Parameter type: What it is; nil when that could not be told, and then it is one part.
    public init(of payload: RawSpan, type: MessageType?, salt: PayloadSalt) {
        guard let fields = type?.blockFields else {
            self.init(of: payload, salt: salt)
            return
        }
        self = payload.withUnsafeBytes { Self.commitment(of: $0, fields, salt) }
    }

    private static func commitment(
        of payload: UnsafeRawBufferPointer, _ fields: (first: UInt64, count: Int), _ salt: PayloadSalt
    ) -> PayloadDigest {
        let found = BlockRanges(payload, fields: fields)
        let ranges = found.ranges
        let salts = PartSalts(salt, areSeveral: true)
        return PartHasher.with(capacity: payload.count) { hasher in
            hasher.begin(salts[.rest])
            var at = 0
            // Our own senders write the blocks in the order of their numbers; whoever does not is sorted here.
            while true {
                var next = -1
                for place in 0..<fields.count where ranges[place].lowerBound >= at && !ranges[place].isEmpty {
                    if next < 0 || ranges[place].lowerBound < ranges[next].lowerBound { next = place }
                }
                guard next >= 0 else { break }
                hasher.append(UnsafeRawBufferPointer(rebasing: payload[at..<ranges[next].lowerBound]))
                at = ranges[next].upperBound
            }
            if !found.tables.isEmpty {
                hasher.append(UnsafeRawBufferPointer(rebasing: payload[at..<found.tables.run.lowerBound]))
                at = found.tables.run.upperBound
            }
            hasher.append(UnsafeRawBufferPointer(rebasing: payload[at...]))
            hasher.keep()
            for place in 0..<fields.count {
                hasher.begin(salts[PayloadPart.block(place)])
                hasher.append(UnsafeRawBufferPointer(rebasing: payload[ranges[place]]))
                hasher.keep()
            }
            if !found.tables.isEmpty { keep(found.tables, of: payload, TableSalts(salt), in: &hasher) }
            return hasher.finishAll()
        }
    }

    private static func keep(
        _ tables: TableRanges, of payload: UnsafeRawBufferPointer, _ salts: TableSalts, in hasher: inout PartHasher
    ) {
        for place in 0..<TableSalts.count {
            hasher.begin(salts[PayloadPart.table(place)])
            hasher.append(UnsafeRawBufferPointer(rebasing: payload[tables.fields[place]]))
            hasher.keep()
        }
    }

    /// The digest of some bytes.
    init(of bytes: UnsafeRawBufferPointer) {
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        csha2_256(bytes.baseAddress, bytes.count, &digest)
        self.init(stored: digest)
    }

    /// The digest of a beginning that was hashed before, and some bytes.
    init(of beginning: csha2_beginning, _ bytes: UnsafeRawBufferPointer) {
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafePointer(to: beginning) { csha2_256_after($0, bytes.baseAddress, bytes.count, &digest) }
        self.init(stored: digest)
    }

    /// The 32 bytes as they lie in memory.
    private init(stored bytes: (UInt64, UInt64, UInt64, UInt64)) {
        words = (bytes.0.bigEndian, bytes.1.bigEndian, bytes.2.bigEndian, bytes.3.bigEndian)
    }

    /// The digest of some bytes.
    public init(of bytes: [UInt8]) { self.init(of: bytes.span.bytes) }

    /// Takes four words that ``appendBytes(to:)`` wrote.
    public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Reads 64 hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var read: [UInt64] = []
        for start in stride(from: 0, to: 64, by: 32) {
            guard let half = PayloadSalt(utf8: Array(digits[start..<start + 32]).span.bytes) else { return nil }
            read += [half.high, half.low]
        }
        words = (read[0], read[1], read[2], read[3])
    }

    /// Appends the 32 bytes.
    public func appendBytes(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) {
            bytes.append(contentsOf: $0)
        }
    }

    /// 64 hexadecimal digits.
    public var description: String {
        var bytes: [UInt8] = []
        appendBytes(to: &bytes)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Equal when all 32 bytes are.
    public static func == (first: PayloadDigest, second: PayloadDigest) -> Bool { first.words == second.words }

    /// The first word is hash enough.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
