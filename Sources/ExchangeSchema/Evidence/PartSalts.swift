import CSHA2

/// The salts of a payload's parts: one part can be shown with its salt while the others stay closed.
///
/// A payload of one part has the message's own salt. Of several, each has twelve bytes of SHA-512 over the message's salt,
/// filled up with zeros: one hash for all five, because hashing is what a leaf costs most. Tables have ``TableSalts``.
struct PartSalts {
    private var salts: InlineArray<5, PayloadSalt> = .init(repeating: .none)

    init(_ salt: PayloadSalt, areSeveral: Bool) {
        guard areSeveral else {
            salts[0] = salt
            return
        }
        withSHA512(of: salt) { bytes in
            for place in 0..<5 {
                salts[place] = PayloadSalt(cut: bytes, at: place * 12)
            }
        }
    }

    subscript(_ part: PayloadPart) -> PayloadSalt { salts[Int(part.rawValue)] }
}

/// The salts of a payload's tables, each twelve bytes filled up with zeros like those of the blocks: five are cut from one
/// SHA-512 over the message's salt and one byte, 1 for the first five tables, then 2 and 3.
struct TableSalts {
    /// Tables that a message can have.
    static let count = 11

    private var salts: InlineArray<11, PayloadSalt> = .init(repeating: .none)

    init(_ salt: PayloadSalt) {
        for block in 0..<3 {
            withSHA512(of: salt, UInt8(block + 1)) { bytes in
                for place in 0..<5 where block * 5 + place < Self.count {
                    salts[block * 5 + place] = PayloadSalt(cut: bytes, at: place * 12)
                }
            }
        }
    }

    subscript(_ part: PayloadPart) -> PayloadSalt { salts[Int(part.rawValue) - 5] }
}

/// Lends the SHA-512 of a salt, and of one byte more where there is one.
private func withSHA512(of salt: PayloadSalt, _ byte: UInt8? = nil, _ body: (UnsafeRawBufferPointer) -> Void) {
    var digest = InlineArray<8, UInt64>(repeating: 0)
    withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian, byte ?? 0)) { content in
        withUnsafeMutableBytes(of: &digest) {
            csha2_512(content.baseAddress, byte == nil ? PayloadSalt.width : PayloadSalt.width + 1, $0.baseAddress)
        }
    }
    withUnsafeBytes(of: &digest, body)
}

extension PayloadSalt {
    /// Twelve bytes of a hash, filled up with zeros.
    fileprivate init(cut bytes: UnsafeRawBufferPointer, at offset: Int) {
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            low: UInt64(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))) << 32)
    }
}
