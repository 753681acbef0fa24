import CSHA2

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
    /// Bytes of a digest.
    private static let digestWidth = 32

    /// Lends a hasher, which ends with the call.
    /// - Parameter capacity: Bytes of the longest part.
    static func with(capacity: Int, _ body: (inout PartHasher) -> PayloadDigest) -> PayloadDigest {
        withUnsafeTemporaryAllocation(byteCount: PayloadSalt.width + capacity, alignment: 8) { part in
            withUnsafeTemporaryAllocation(
                byteCount: partLimit * digestWidth, alignment: 8
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
    func finish() -> PayloadDigest { PayloadDigest(of: UnsafeRawBufferPointer(rebasing: part[..<partEnd])) }

    /// Ends the part, and keeps its digest.
    mutating func keep() {
        precondition(digests.count - digestsEnd >= Self.digestWidth, "more parts than a payload has")
        csha2_256(part.baseAddress, partEnd, digests.baseAddress.map { $0 + digestsEnd })
        digestsEnd += Self.digestWidth
    }

    /// The digest of all digests that were kept.
    func finishAll() -> PayloadDigest { PayloadDigest(of: UnsafeRawBufferPointer(rebasing: digests[..<digestsEnd])) }
}
