/// Reads an archive as any program may have written it (APPNOTE 6.3.10): stored or deflated files in any order, folders, extra
/// fields, lengths behind the data, ZIP64. Strict, because what is read is evidence: every byte is part of one header or one
/// file, both headers of a file say the same, and nothing is unpacked before it is known to fit.
struct ZipReading {
    private let archive: [UInt8]

    init(_ archive: [UInt8]) { self.archive = archive }

    /// One entry of the directory.
    private struct Entry {
        var number: Int
        var name: String
        var flags: Int
        var method: Int
        var sum: UInt32
        var packed: Int
        var unpacked: Int
        var start: Int
        /// Where the packed bytes lie; known when the header before them has been read.
        var content = 0..<0

        var isFolder: Bool { name.hasSuffix("/") }
    }

    private static let localHeader = 30
    private static let entryHeader = 46
    /// Flag: lengths and checksum stand behind the data.
    private static let lengthsFollow = 1 << 3
    /// Those, how hard a deflated file was tried, and that a name is UTF-8. All others change how bytes are to be read.
    private static let knownFlags = lengthsFollow | 0b110 | 1 << 11
    private static let unknown32: UInt64 = 0xFFFF_FFFF

    /// The files and their checksums, in the order of the directory, checked and unpacked.
    func files() throws(ZipError) -> (files: [ZipArchive.File], sums: [UInt32]) {
        guard archive.count <= ZipArchive.greatestLength else { throw .tooLarge }
        let (directory, count) = try ZipEnd(archive).directory
        guard count <= ZipArchive.mostFiles else { throw .tooLarge }
        var entries: [Entry] = []
        var at = directory.lowerBound
        for number in 0..<count { entries.append(try entry(number + 1, at: &at, before: directory.upperBound)) }
        guard at == directory.upperBound else { throw .stray(at: at) }
        // Nobody's memory is filled by what an archive claims, or by what it really holds.
        guard entries.reduce(0, { $0 + $1.unpacked }) <= ZipArchive.greatestLength else { throw .tooLarge }
        try place(&entries, before: directory.lowerBound)
        var (files, sums): ([ZipArchive.File], [UInt32]) = ([], [])
        for entry in entries {
            let bytes = try unpack(entry)
            guard !entry.isFolder else { continue }
            files.append(ZipArchive.File(name: entry.name, bytes: bytes))
            sums.append(entry.sum)
        }
        return (files, sums)
    }

    // MARK: The directory

    private func entry(_ number: Int, at: inout Int, before end: Int) throws(ZipError) -> Entry {
        guard at <= end - Self.entryHeader, archive.little32(at) == ZipArchive.entryMark else {
            throw .badEntry(number)
        }
        let (nameLength, extraLength) = (archive.little16(at + 28), archive.little16(at + 30))
        let extra = at + Self.entryHeader + nameLength
        let next = extra + extraLength + archive.little16(at + 32)
        guard next <= end, archive.little16(at + 34) == 0 else { throw .badEntry(number) }
        guard let name = String(validating: archive[extra - nameLength..<extra], as: UTF8.self),
            ZipArchive.isName(name.hasSuffix("/") ? String(name.dropLast()) : name)
        else { throw .badName(number) }
        var numbers = [24, 20, 42].map { UInt64(archive.little32(at + $0)) }
        guard complete(&numbers, from: extra..<extra + extraLength) else { throw .badEntry(number) }
        guard numbers[0] <= UInt64(ZipArchive.greatestLength) else { throw .tooLarge }
        guard numbers[1] <= UInt64(archive.count), numbers[2] < UInt64(archive.count) else { throw .badEntry(number) }
        let entry = Entry(
            number: number, name: name, flags: archive.little16(at + 8), method: archive.little16(at + 10),
            sum: archive.little32(at + 16), packed: Int(numbers[1]), unpacked: Int(numbers[0]), start: Int(numbers[2]))
        try check(entry, madeBy: archive.little16(at + 4) >> 8, attributes: archive.little32(at + 38))
        at = next
        return entry
    }

    private func check(_ entry: Entry, madeBy system: Int, attributes: UInt32) throws(ZipError) {
        if entry.flags & ~Self.knownFlags != 0 { throw .unsupported(entry.name, how: "encrypted, or a patch") }
        guard entry.method == 0 || entry.method == 8 else {
            throw .unsupported(entry.name, how: "packed by method \(entry.method)")
        }
        // Unix and macOS keep what kind of file it is; a link leads elsewhere than its bytes say.
        let kind = system == 3 || system == 19 ? attributes >> 28 : 0
        let isRight = entry.isFolder ? kind == 0 || kind == 0o04 : kind == 0 || kind == 0o10
        guard isRight else { throw .unsupported(entry.name, how: "no plain file") }
        guard !entry.isFolder || entry.unpacked == 0 else { throw .badEntry(entry.number) }
    }

    /// Takes the numbers that do not fit into 32 bits from the extra field of ZIP64 (section 4.5.3), in their order.
    /// - Returns: Whether all are known.
    private func complete(_ numbers: inout [UInt64], from extra: Range<Int>) -> Bool {
        guard let field = zip64(in: extra) else { return false }
        var at = field.lowerBound
        for place in numbers.indices where numbers[place] == Self.unknown32 {
            guard at + 8 <= field.upperBound else { return false }
            numbers[place] = archive.little64(at)
            at += 8
        }
        return true
    }

    /// Where the extra field of ZIP64 lies; empty where there is none, nil when the extra fields are damaged or one of
    /// them gives the file another name.
    private func zip64(in extra: Range<Int>) -> Range<Int>? {
        var (at, found) = (extra.lowerBound, 0..<0)
        while at < extra.upperBound {
            guard at + 4 <= extra.upperBound else { return nil }
            let (kind, end) = (archive.little16(at), at + 4 + archive.little16(at + 2))
            guard end <= extra.upperBound, kind != 0x7075 else { return nil }
            if kind == 1 {
                guard found.isEmpty else { return nil }
                found = at + 4..<end
            }
            at = end
        }
        return found
    }

    // MARK: The files

    /// Finds the packed bytes of all entries: from the beginning to the directory each byte must be of one of them.
    private func place(_ entries: inout [Entry], before directory: Int) throws(ZipError) {
        let order = entries.indices.sorted { entries[$0].start < entries[$1].start }
        var expected = 0
        for (position, index) in order.enumerated() {
            guard entries[index].start == expected else {
                throw .stray(at: min(expected, entries[index].start))
            }
            let content = try content(of: entries[index], before: directory)
            entries[index].content = content
            expected = position + 1 < order.count ? entries[order[position + 1]].start : directory
            guard content.upperBound <= expected else { throw .contradicts(entries[index].name) }
            if entries[index].flags & Self.lengthsFollow != 0 {
                guard isDescriptor(content.upperBound..<expected, of: entries[index]) else {
                    throw .contradicts(entries[index].name)
                }
            } else if content.upperBound != expected {
                throw .stray(at: content.upperBound)
            }
        }
        guard expected == directory else { throw .stray(at: expected) }
    }

    /// Reads the header before a file, which must say what the directory says.
    private func content(of entry: Entry, before directory: Int) throws(ZipError) -> Range<Int> {
        let at = entry.start
        guard at <= directory - Self.localHeader, archive.little32(at) == ZipArchive.localMark else {
            throw .badEntry(entry.number)
        }
        let name = at + Self.localHeader
        let extra = name + archive.little16(at + 26)
        let start = extra + archive.little16(at + 28)
        guard start <= directory, entry.packed <= directory - start else { throw .badEntry(entry.number) }
        var lengths = [22, 18].map { UInt64(archive.little32(at + $0)) }
        guard complete(&lengths, from: extra..<start), archive.little16(at + 6) == entry.flags,
            archive.little16(at + 8) == entry.method, archive[name..<extra].elementsEqual(entry.name.utf8)
        else { throw .contradicts(entry.name) }
        let said = [UInt64(archive.little32(at + 14)), lengths[0], lengths[1]]
        let meant = [UInt64(entry.sum), UInt64(entry.unpacked), UInt64(entry.packed)]
        let mayBeNone = entry.flags & Self.lengthsFollow != 0
        for (said, meant) in zip(said, meant) where said != meant && !(mayBeNone && said == 0) {
            throw .contradicts(entry.name)
        }
        return start..<start + entry.packed
    }

    /// Whether what stands behind a file is its checksum and lengths (section 4.3.9), with or without a mark, of 32 or 64 bits.
    private func isDescriptor(_ range: Range<Int>, of entry: Entry) -> Bool {
        var at = range.lowerBound
        if range.count == 16 || range.count == 24 {
            guard archive.little32(at) == 0x0807_4B50 else { return false }
            at += 4
        }
        guard [12, 16, 20, 24].contains(range.count), archive.little32(at) == entry.sum else { return false }
        let meant = [UInt64(entry.packed), UInt64(entry.unpacked)]
        let isLong = range.count >= 20
        let said = (0..<2).map { place in
            isLong ? archive.little64(at + 4 + 8 * place) : UInt64(archive.little32(at + 4 + 4 * place))
        }
        return said == meant
    }

    private func unpack(_ entry: Entry) throws(ZipError) -> [UInt8] {
        let packed = archive[entry.content]
        let bytes = entry.method == 0 ? Array(packed) : Inflation.bytes(of: packed, count: entry.unpacked)
        guard let bytes, bytes.count == entry.unpacked, CRC32.of(bytes) == entry.sum else {
            throw .badChecksum(entry.name)
        }
        return bytes
    }
}
