extension ZipArchive {
    /// The archive.
    public var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (file, sum) in zip(files, sums) {
            let place = UInt32(truncatingIfNeeded: archive.count)
            let shared = Self.sharedFields(file, sum)
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
    private static func sharedFields(_ file: File, _ sum: UInt32) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(little: UInt16(20))  // version 2.0, for folders in names
        fields.append(little: UInt16(0))  // flags
        fields.append(little: UInt16(0))  // stored
        fields.append(little: UInt16(0))  // midnight
        fields.append(little: UInt16(1 << 5 | 1))  // of 1 January 1980, the earliest date there is
        fields.append(little: sum)
        fields.append(little: UInt32(truncatingIfNeeded: file.bytes.count))
        fields.append(little: UInt32(truncatingIfNeeded: file.bytes.count))
        fields.append(little: UInt16(truncatingIfNeeded: file.name.utf8.count))
        fields.append(little: UInt16(0))  // no extra field
        return fields
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
