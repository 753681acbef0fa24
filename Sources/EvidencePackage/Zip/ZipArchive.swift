/// A ZIP archive of stored files (APPNOTE 6.3.10, section 4.3), as small as evidence needs it: no compression, no
/// encryption, no extra fields, one fixed time. The same files give the same bytes, and only those bytes are read back:
/// each header that says the same in two places must say it in both.
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

    /// Most bytes of an archive.
    public static let greatestLength = 256 << 20
    /// Most files in one.
    public static let mostFiles = 65_534

    /// The files, in the order they lie.
    public private(set) var files: [File]

    static let localHeader = 30
    static let entryHeader = 46
    static let endRecord = 22
    static let localMark: UInt32 = 0x0403_4B50
    static let entryMark: UInt32 = 0x0201_4B50
    static let endMark: UInt32 = 0x0605_4B50

    /// Takes the files of a new archive.
    /// - Throws: ``ZipError`` when they are too many, too large, or a name is none.
    public init(_ files: [File]) throws(ZipError) {
        guard files.count <= Self.mostFiles,
            files.reduce(0, { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 76 }) + 22 <= Self.greatestLength
        else { throw .tooLarge }
        var seen: Set<[UInt8]> = []
        for (place, file) in files.enumerated() {
            guard Self.isName(file.name), seen.insert(Array(file.name.utf8)).inserted else { throw .badName(place + 1) }
        }
        self.files = files
    }

    /// Relative, with no empty part, no `.` or `..`, and of printable ASCII only.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= 1_000
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
            && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    }

    /// The bytes of a file; nil when there is none of that name.
    public subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
}
