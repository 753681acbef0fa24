/// The end of an archive, which says where its directory lies (APPNOTE 6.3.10, sections 4.3.14 to 4.3.16).
struct ZipEnd {
    private let archive: [UInt8]

    private static let width = 22
    private static let longMark: UInt32 = 0x0606_4B50
    private static let longWidth = 56
    private static let locatorMark: UInt32 = 0x0706_4B50
    private static let locatorWidth = 20

    init(_ archive: [UInt8]) { self.archive = archive }

    /// Where the directory lies, which reaches to the records of the end, and how many entries it has.
    var directory: (range: Range<Int>, count: Int) {
        get throws(ZipError) {
            let end = try place
            guard archive.little16(end + 4) == 0, archive.little16(end + 6) == 0,
                archive.little16(end + 8) == archive.little16(end + 10)
            else { throw .noArchive }
            var numbers = [
                UInt64(archive.little16(end + 10)), UInt64(archive.little32(end + 12)),
                UInt64(archive.little32(end + 16)),
            ]
            var upper = end
            if let long = try longRecord(before: end) {
                let said = [32, 40, 48].map { archive.little64(long + $0) }
                // Each number stands in the short record too, or that says that it does not fit.
                let most: [UInt64] = [0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF]
                for place in 0..<3 where numbers[place] != said[place] && numbers[place] != most[place] {
                    throw .noArchive
                }
                (numbers, upper) = (said, long)
            }
            guard numbers[0] <= UInt64(ZipArchive.mostFiles) else { throw .tooLarge }
            guard numbers[2] <= UInt64(upper), numbers[1] == UInt64(upper) - numbers[2] else { throw .noArchive }
            return (Int(numbers[2])..<upper, Int(numbers[0]))
        }
    }

    /// Where the last record begins: at the last mark behind which there is a comment of the length that it says. A mark in a
    /// comment would be another end.
    private var place: Int {
        get throws(ZipError) {
            var at = archive.count - Self.width
            let least = max(0, at - 0xFFFF)
            while at >= least {
                if archive.little32(at) == ZipArchive.endMark {
                    guard archive.little16(at + 20) == archive.count - at - Self.width,
                        !(at + 1..<archive.count - 3).contains(where: { archive.little32($0) == ZipArchive.endMark })
                    else { throw .noArchive }
                    return at
                }
                at -= 1
            }
            throw .noArchive
        }
    }

    /// Where the record of ZIP64 begins; nil where there is none.
    private func longRecord(before end: Int) throws(ZipError) -> Int? {
        let locator = end - Self.locatorWidth
        guard locator >= 0, archive.little32(locator) == Self.locatorMark else { return nil }
        let at = archive.little64(locator + 8)
        guard archive.little32(locator + 4) == 0, archive.little32(locator + 16) <= 1,
            locator >= Self.longWidth, at <= UInt64(locator - Self.longWidth)
        else { throw .noArchive }
        let long = Int(at)
        guard archive.little32(long) == Self.longMark,
            archive.little64(long + 4) == UInt64(locator - long - 12), archive.little32(long + 16) == 0,
            archive.little32(long + 20) == 0, archive.little64(long + 24) == archive.little64(long + 32)
        else { throw .noArchive }
        return long
    }
}

extension [UInt8] {
    /// Two bytes that are there.
    func little16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }

    /// Four bytes that are there.
    func little32(_ at: Int) -> UInt32 { UInt32(little16(at)) | UInt32(little16(at + 2)) << 16 }

    /// Eight bytes that are there.
    func little64(_ at: Int) -> UInt64 { UInt64(little32(at)) | UInt64(little32(at + 4)) << 32 }
}
