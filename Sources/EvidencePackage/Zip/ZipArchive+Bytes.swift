extension ZipArchive {
    /// The archive.
    public var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let place = UInt32(truncatingIfNeeded: archive.count)
            let shared = Self.sharedFields(file)
            archive.append(little: Self.localMark)
            archive += shared
            archive += file.name.utf8
            archive += file.bytes
            directory.append(little: Self.entryMark)
            // Made by version 2.0 under Unix, so that the permissions below are understood (section 4.4.2).
            directory.append(little: UInt16(3 << 8 | 20))
            directory += shared
            directory.append(little: UInt16(0))  // comment
            directory.append(little: UInt16(0))  // disk
            directory.append(little: UInt16(0))  // internal attributes
            directory.append(little: UInt32(0o100644) << 16)  // a file that all may read
            directory.append(little: place)
            directory += file.name.utf8
        }
        let start = UInt32(truncatingIfNeeded: archive.count)
        archive += directory
        archive.append(little: Self.endMark)
        archive.append(little: UInt32(0))  // disks
        archive.append(little: UInt16(truncatingIfNeeded: files.count))
        archive.append(little: UInt16(truncatingIfNeeded: files.count))
        archive.append(little: UInt32(truncatingIfNeeded: directory.count))
        archive.append(little: start)
        archive.append(little: UInt16(0))  // comment
        return archive
    }

    /// What stands in both headers of a file, from the version needed on.
    private static func sharedFields(_ file: File) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(little: UInt16(20))  // version 2.0, for folders in names
        fields.append(little: UInt16(0))  // flags
        fields.append(little: UInt16(0))  // stored
        fields.append(little: UInt16(0))  // midnight
        fields.append(little: UInt16(1 << 5 | 1))  // of 1 January 1980, the earliest date there is
        fields.append(little: CRC32.of(file.bytes))
        fields.append(little: UInt32(truncatingIfNeeded: file.bytes.count))
        fields.append(little: UInt32(truncatingIfNeeded: file.bytes.count))
        fields.append(little: UInt16(truncatingIfNeeded: file.name.utf8.count))
        fields.append(little: UInt16(0))  // no extra field
        return fields
    }

    /// Reads an archive as ``bytes`` writes it.
    /// - Throws: ``ZipError`` for anything else, naming the file or place.
    public init(reading archive: [UInt8]) throws(ZipError) {
        guard archive.count <= Self.greatestLength else { throw .tooLarge }
        let end = archive.count - Self.endRecord
        guard end >= 0, archive.little32(end) == Self.endMark else { throw .noArchive }
        let count = archive.little16(end + 10)
        var at = Int(archive.little32(end + 16))
        var files: [File] = []
        var sums: [UInt32] = []
        var total = 0
        for number in 0..<count {
            guard at <= end - Self.entryHeader, archive.little32(at) == Self.entryMark else {
                throw .badEntry(number + 1)
            }
            let length = archive.little16(at + 28)
            let size = Int(archive.little32(at + 24))
            let start = Int(archive.little32(at + 42)) + Self.localHeader + length
            guard length <= end - at - Self.entryHeader, start <= end, size <= end - start else {
                throw .badEntry(number + 1)
            }
            let name = archive[at + Self.entryHeader..<at + Self.entryHeader + length]
            guard let name = String(validating: name, as: UTF8.self) else { throw .badName(number + 1) }
            // Entries that all point at the same bytes would otherwise fill the memory.
            total += size
            guard total <= archive.count else { throw .tooLarge }
            files.append(File(name: name, bytes: Array(archive[start..<start + size])))
            sums.append(archive.little32(at + 16))
            at += Self.entryHeader + length
        }
        try self.init(files)
        for (file, sum) in zip(files, sums) where CRC32.of(file.bytes) != sum { throw .badChecksum(file.name) }
        // Written again it must be the same: that leaves no byte that nobody looks at.
        let written = bytes
        if let place = zip(written, archive).enumerated().first(where: { $1.0 != $1.1 })?.offset {
            throw .notCanonical(at: place)
        }
        guard written.count == archive.count else { throw .notCanonical(at: min(written.count, archive.count)) }
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Two bytes that are there.
    fileprivate func little16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }

    /// Four bytes that are there.
    fileprivate func little32(_ at: Int) -> UInt32 {
        self[at..<at + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
