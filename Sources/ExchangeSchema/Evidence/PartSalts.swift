import Crypto

/// The salts of a payload's parts: one part can be shown with its salt while the others stay closed.
///
/// A payload of one part has the message's own salt. Of several, each has twelve bytes of SHA-512 over the message's salt,
/// filled up with zeros: one hash for all five, because hashing is what a leaf costs most.
struct PartSalts {
    private var salts: InlineArray<5, PayloadSalt> = .init(repeating: .none)

    init(_ salt: PayloadSalt, areSeveral: Bool) {
        guard areSeveral else {
            salts[0] = salt
            return
        }
        var hash = SHA512()
        withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian)) { hash.update(bufferPointer: $0) }
        hash.finalize().withUnsafeBytes { bytes in
            for place in 0..<5 {
                salts[place] = PayloadSalt(
                    high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place * 12, as: UInt64.self)),
                    low: UInt64(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: place * 12 + 8, as: UInt32.self)))
                        << 32)
            }
        }
    }

    subscript(_ part: PayloadPart) -> PayloadSalt { salts[Int(part.rawValue)] }
}
