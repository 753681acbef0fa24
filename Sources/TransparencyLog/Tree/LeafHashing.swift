/// Hashing of leaves (RFC 6962, section 2.1: SHA-256 of 0x00 and the entry).
extension TreeHash {
    /// The hash of one leaf.
    public static func leaf(_ entry: RawSpan) -> TreeHash {
        unsafe entry.withUnsafeBytes { entry in
            unsafe withUnsafeTemporaryAllocation(byteCount: entry.count + 1, alignment: 8) { scratch in
                unsafe hash(leaf: entry, through: scratch)
            }
        }
    }

    /// The hash of one leaf.
    public static func leaf(_ entry: [UInt8]) -> TreeHash { unsafe leaf(entry.span.bytes) }

    /// Appends the hashes of leaves that lie one after another and are all `width` bytes long.
    ///
    /// - Returns: The number of leaves hashed. Bytes at the end that are less than a leaf are left alone.
    @discardableResult
    public static func appendLeaves(_ entries: RawSpan, width: Int, to hashes: inout [TreeHash]) -> Int {
        guard width > 0 else { return 0 }
        let count = entries.byteCount / width
        hashes.reserveCapacity(hashes.count + count)
        unsafe entries.withUnsafeBytes { entries in
            unsafe withUnsafeTemporaryAllocation(byteCount: width + 1, alignment: 8) { scratch in
                for leaf in 0..<count {
                    let entry = unsafe UnsafeRawBufferPointer(rebasing: entries[leaf * width..<(leaf + 1) * width])
                    unsafe hashes.append(hash(leaf: entry, through: scratch))
                }
            }
        }
        return count
    }

    /// One call for the prefix and the entry together is quicker than two: hence the scratch of one byte more.
    private static func hash(
        leaf entry: UnsafeRawBufferPointer, through scratch: UnsafeMutableRawBufferPointer
    ) -> TreeHash {
        unsafe scratch[0] = 0
        unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[1...]).copyMemory(from: entry)
        return unsafe TreeHash(of: UnsafeRawBufferPointer(scratch))
    }
}
