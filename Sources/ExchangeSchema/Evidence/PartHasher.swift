import Crypto

/// Hashes salted parts, one after another, and the digests of them all.
///
/// What goes into a hash is put together before, in one scratch: handing over a piece costs a quarter of hashing a block
/// of 64 bytes, and most parts are a few blocks long.
struct PartHasher: ~Copyable {
    private let part: UnsafeMutableRawBufferPointer
    private let digests: UnsafeMutableRawBufferPointer
    private var partEnd = 0
    private var digestsEnd = 0

    private init(part: UnsafeMutableRawBufferPointer, digests: UnsafeMutableRawBufferPointer) {
        self.part = part
        self.digests = digests
    }

    /// Most parts of a payload: the rest, four blocks and eleven tables.
    private static let partLimit = 16

    /// Lends a hasher, which ends with the call.
    /// - Parameter capacity: Bytes of the longest part.
    static func with(capacity: Int, _ body: (inout PartHasher) -> SHA256.Digest) -> SHA256.Digest {
        withUnsafeTemporaryAllocation(byteCount: PayloadSalt.width + capacity, alignment: 8) { part in
            withUnsafeTemporaryAllocation(
                byteCount: partLimit * SHA256.byteCount, alignment: 8
            ) { digests in
                var hasher = PartHasher(part: part, digests: digests)
                return body(&hasher)
            }
        }
    }

    /// Begins a part.
    mutating func begin(_ salt: PayloadSalt) {
        part.storeBytes(of: salt.high.bigEndian, as: UInt64.self)
        part.storeBytes(of: salt.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        partEnd = PayloadSalt.width
    }

    /// Adds bytes to the part.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= part.count - partEnd, "a part is longer than the capacity asked for")
        UnsafeMutableRawBufferPointer(rebasing: part[partEnd...]).copyMemory(from: bytes)
        partEnd += bytes.count
    }

    /// Ends the part: its digest.
    func finish() -> SHA256.Digest { Self.digest(part, partEnd) }

    /// Ends the part, and keeps its digest.
    mutating func keep() {
        finish().withUnsafeBytes {
            UnsafeMutableRawBufferPointer(rebasing: digests[digestsEnd...]).copyMemory(from: $0)
        }
        digestsEnd += SHA256.byteCount
    }

    /// The digest of all digests that were kept.
    func finishAll() -> SHA256.Digest { Self.digest(digests, digestsEnd) }

    private static func digest(_ bytes: UnsafeMutableRawBufferPointer, _ count: Int) -> SHA256.Digest {
        var hash = SHA256()
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        return hash.finalize()
    }
}
