/// Hashing of nodes (RFC 6962, section 2.1: SHA-256 of 0x01, the left and the right hash).
extension TreeHash {
    /// The hash of the node above two others.
    public static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        unsafe withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { scratch in
            unsafe hash(left, right, through: scratch)
        }
    }

    /// The root over a perfect subtree: the number of hashes is a power of two and not 0.
    static func root(overPerfect hashes: ArraySlice<TreeHash>) -> TreeHash {
        guard hashes.count > 1 else { return hashes.first ?? emptyTree }
        return unsafe hashes.withUnsafeBufferPointer { hashes in
            unsafe withUnsafeTemporaryAllocation(of: TreeHash.self, capacity: hashes.count / 2) { row in
                unsafe withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { scratch in
                    var count = hashes.count / 2
                    for place in 0..<count {
                        unsafe row.initializeElement(
                            at: place, to: hash(hashes[2 * place], hashes[2 * place + 1], through: scratch))
                    }
                    while count > 1 {
                        count /= 2
                        for place in 0..<count {
                            unsafe row[place] = unsafe hash(row[2 * place], row[2 * place + 1], through: scratch)
                        }
                    }
                    return unsafe row[0]
                }
            }
        }
    }

    /// The prefix lies at byte 7, so that both hashes are stored aligned.
    private static func hash(
        _ left: TreeHash, _ right: TreeHash, through scratch: UnsafeMutableRawBufferPointer
    ) -> TreeHash {
        unsafe scratch[7] = 1
        unsafe scratch.storeBytes(of: left.words, toByteOffset: 8, as: (UInt64, UInt64, UInt64, UInt64).self)
        unsafe scratch.storeBytes(of: right.words, toByteOffset: 40, as: (UInt64, UInt64, UInt64, UInt64).self)
        return unsafe TreeHash(of: UnsafeRawBufferPointer(rebasing: scratch[7..<72]))
    }
}
