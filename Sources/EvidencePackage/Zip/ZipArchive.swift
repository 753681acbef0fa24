/// A ZIP archive (APPNOTE 6.3.10, section 4.3). It is written as small as evidence needs it: stored files, no encryption, no
/// extra fields, one fixed time, so that the same files give the same bytes. It is read as other programs write it as well
/// (``ZipReading``), strictly: what two readers could understand in two ways is refused.
public struct ZipArchive: Sendable, Equatable {
    /// One file.
    public struct File: Sendable, Equatable {
        /// Path with `/` between folders.
        public var name: String
        /// What is in it.
        public var bytes: [UInt8]

        /// Takes both.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Most bytes of an archive, and of its files when they are unpacked.
    public static let greatestLength = 256 << 20
    /// Most files in one.
    public static let mostFiles = 65_534

    /// The files, in the order they lie.
    public let files: [File]
    /// The checksum of each.
    let sums: [UInt32]

    static let localMark: UInt32 = 0x0403_4B50
    static let entryMark: UInt32 = 0x0201_4B50
    static let endMark: UInt32 = 0x0605_4B50

    /// Takes the files of a new archive.
    /// - Throws: ``ZipError`` when they are too many, too large, or a name is none.
    public init(_ files: [File]) throws(ZipError) { try self.init(files, sums: files.map { CRC32.of($0.bytes) }) }

    private init(_ files: [File], sums: [UInt32]) throws(ZipError) {
        guard files.count <= Self.mostFiles,
            files.reduce(0, { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 76 }) + 22 <= Self.greatestLength
        else { throw .tooLarge }
        var seen: Set<[UInt8]> = []
        for (place, file) in files.enumerated() {
            guard Self.isName(file.name), seen.insert(Array(file.name.utf8)).inserted else { throw .badName(place + 1) }
        }
        self.files = files
        self.sums = sums
    }

    /// Reads an archive, whoever wrote it. Folders are left out: files alone count.
    /// - Throws: ``ZipError`` for anything that is none, or that could be read in two ways.
    public init(reading archive: [UInt8]) throws(ZipError) {
        let read = try ZipReading(archive).files()
        try self.init(read.files, sums: read.sums)
    }

    /// The same without the folder that all files lie in, where that holds a file of this name: a package that was unpacked
    /// into a folder and packed again with it.
    func withoutTopFolder(above name: String) throws(ZipError) -> ZipArchive {
        guard self[name] == nil,
            let top = files.first(where: { $0.name.hasSuffix("/" + name) })?.name.dropLast(name.utf8.count),
            top.firstIndex(of: "/") == top.indices.last, files.allSatisfy({ $0.name.hasPrefix(top) })
        else { return self }
        return try ZipArchive(
            files.map { File(name: String($0.name.dropFirst(top.count)), bytes: $0.bytes) }, sums: sums)
    }

    /// Relative, with no empty part, no `.` or `..`, and of printable ASCII only.
    static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= 1_000
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
            && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    }

    /// The bytes of a file; nil when there is none of that name.
    public subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
}
