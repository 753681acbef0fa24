import EvidencePackage
import Foundation
import StoreTestSupport
import Testing

/// Archives that other programs wrote, and archives that nobody should believe.
@Suite struct RepackedArchiveTests {
    private static let files = [
        ZipArchive.File(name: "aa/one", bytes: Array("first file\n".utf8)),
        ZipArchive.File(name: "bb/two", bytes: Array("second one\n".utf8)),
    ]

    /// Deflated bytes of a thousand zeros.
    private static let thousandZeros: [UInt8] = [
        0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00,
    ]

    /// Everywhere in the archive one text in the place of another of the same length.
    private static func replaced(_ old: String, by new: String, once: Bool = false) throws -> [UInt8] {
        var bytes = try ZipArchive(files).bytes
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        for at in 0...bytes.count - old.count where bytes[at..<at + old.count].elementsEqual(old) {
            bytes.replaceSubrange(at..<at + old.count, with: new)
            if once { break }
        }
        return bytes
    }

    private static func changed(_ places: [(at: Int, bytes: [UInt8])]) throws -> [UInt8] {
        var bytes = try ZipArchive(files).bytes
        for (at, new) in places { bytes.replaceSubrange(at..<at + new.count, with: new) }
        return bytes
    }

    /// Where the two headers of the first file and the end begin, in the archive of ``files``.
    private static let (directory, end) = (2 * (30 + 6 + 11), 2 * (30 + 6 + 11) + 2 * (46 + 6))

    @Test func theArchiveLiesAsTheTestsBelowThink() throws {
        let bytes = try ZipArchive(Self.files).bytes
        #expect(bytes[Self.directory..<Self.directory + 4].elementsEqual([0x50, 0x4B, 1, 2]))
        #expect(bytes[Self.end..<Self.end + 4].elementsEqual([0x50, 0x4B, 5, 6]) && bytes.count == Self.end + 22)
    }

    @Test(arguments: ["../one", "aa/../", "/a/one", "aa//on", "./one/"])
    func aNameThatLeadsElsewhereIsRefused(name: String) throws {
        let bytes = try Self.replaced("aa/one", by: name.padding(toLength: 6, withPad: "x", startingAt: 0))
        #expect(throws: ZipError.badName(1)) { try ZipArchive(reading: bytes) }
    }

    @Test func aDoubledNameIsRefused() throws {
        let bytes = try Self.replaced("bb/two", by: "aa/one")
        #expect(throws: ZipError.badName(2)) { try ZipArchive(reading: bytes) }
    }

    @Test func twoNamesOfOneFileAreRefused() throws {
        let bytes = try Self.replaced("aa/one", by: "aa/two", once: true)
        #expect(throws: ZipError.contradicts("aa/one")) { try ZipArchive(reading: bytes) }
    }

    @Test func whatIsNoPlainFileIsRefused() throws {
        let encrypted = try Self.changed([(6, [1]), (Self.directory + 8, [1])])
        #expect(throws: ZipError.unsupported("aa/one", how: "encrypted, or a patch")) {
            try ZipArchive(reading: encrypted)
        }
        let other = try Self.changed([(8, [12]), (Self.directory + 10, [12])])
        #expect(throws: ZipError.unsupported("aa/one", how: "packed by method 12")) { try ZipArchive(reading: other) }
        // A symbolic link of Unix.
        let link = try Self.changed([(Self.directory + 41, [0xA1])])
        #expect(throws: ZipError.unsupported("aa/one", how: "no plain file")) { try ZipArchive(reading: link) }
    }

    /// What an archive claims is believed only as far as it may be.
    @Test func nobodysMemoryIsFilled() throws {
        let huge = try Self.changed([
            (8, [8]), (22, [0, 0, 0, 0x7F]), (Self.directory + 10, [8]), (Self.directory + 24, [0, 0, 0, 0x7F]),
        ])
        #expect(throws: ZipError.tooLarge) { try ZipArchive(reading: huge) }
        // Each of two for itself would fit.
        let half: [UInt8] = [0, 0, 0, 0x0C]
        let second = Self.directory + 46 + 6
        let both = try Self.changed([
            (8, [8]), (22, half), (Self.directory + 10, [8]), (Self.directory + 24, half),
            (47 + 8, [8]), (47 + 22, half), (second + 10, [8]), (second + 24, half),
        ])
        #expect(throws: ZipError.tooLarge) { try ZipArchive(reading: both) }
        // Eleven bytes that are a thousand, where eleven are promised.
        let liar = try Self.changed([(8, [8]), (36, Self.thousandZeros), (Self.directory + 10, [8])])
        #expect(throws: ZipError.badChecksum("aa/one")) { try ZipArchive(reading: liar) }
        // Two entries that share their bytes.
        let shared = try Self.changed([(second + 42, [0])])
        #expect(throws: ZipError.self) { try ZipArchive(reading: shared) }
    }

    @Test func bytesThatBelongToNoFileAreRefused() throws {
        var gap = try ZipArchive(Self.files).bytes
        gap.insert(contentsOf: [1, 2, 3], at: Self.directory)
        gap[Self.end + 3 + 16] += 3
        #expect(throws: ZipError.stray(at: Self.directory)) { try ZipArchive(reading: gap) }
        let before = [1, 2, 3] + (try ZipArchive(Self.files).bytes)
        #expect(throws: ZipError.self) { try ZipArchive(reading: before) }
        #expect(throws: ZipError.noArchive) { try ZipArchive(reading: ZipArchive(Self.files).bytes + [0]) }
        var comment = try ZipArchive(Self.files).bytes
        comment[Self.end + 20] = 4
        #expect(try ZipArchive(reading: comment + Array("text".utf8)).files == Self.files)
        // A second end in the comment of the first.
        #expect(throws: ZipError.noArchive) { try ZipArchive(reading: comment + [0x50, 0x4B, 5, 6]) }
    }

    @Test func noDeflatedBytesTrap() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            var packed = Self.thousandZeros
            for _ in 0..<3 { packed[Int.random(in: packed.indices, using: &generator)] = .random(in: 0...255) }
            let bytes = try Self.changed([(8, [8]), (36, packed), (Self.directory + 10, [8])])
            #expect(throws: ZipError.badChecksum("aa/one")) { try ZipArchive(reading: bytes) }
        }
    }

    /// In each of the ways that other programs have.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func aPackageThatWasPackedAgainHolds() throws {
        let exchange = try PackedExchange(records: 10)
        let folder = exchange.path + "/repacked"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let own = try exchange.package(disclosing: [.all])
        try Data(own).write(to: URL(fileURLWithPath: exchange.path + "/own.zip"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", Self.packing, exchange.path + "/own.zip", folder]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let expected = try ZipArchive(reading: own)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.count == 13)
        for name in names {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
            #expect(bytes != own, "\(name)")
            let report = try PackageCheck.report(on: bytes, trusted: exchange.keys())
            #expect(report.holds && report.leaves == 4 && report.payloads == 2 && report.isRepacked, "\(name)")
            #expect(report.text.contains("the archive was written by another program"))
            if name.hasPrefix("top") { continue }
            let read = try ZipArchive(reading: bytes)
            #expect(
                read.files.sorted { $0.name < $1.name } == expected.files.sorted { $0.name < $1.name }, "\(name)")
        }
    }

    /// Takes an archive and a folder, and packs it again in several ways.
    private static let packing = """
        import io, sys, zipfile
        source, folder = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
        class Stream(io.RawIOBase):
            def __init__(self, file): self.file = file
            def writable(self): return True
            def write(self, data): return self.file.write(data)
        def pack(name, method=zipfile.ZIP_DEFLATED, level=None, order=1, top='', folders=False, stream=False,
                 extra=b'', zip64=False, comment=b''):
            with open(f'{folder}/{name}.zip', 'wb') as file:
                with zipfile.ZipFile(Stream(file) if stream else file, 'w', method, compresslevel=level) as archive:
                    made = set()
                    for entry in source.infolist()[::order]:
                        path = top + entry.filename
                        parts = path.split('/')
                        for count in range(1, len(parts)):
                            parent = '/'.join(parts[:count]) + '/'
                            if folders and parent not in made:
                                made.add(parent)
                                info = zipfile.ZipInfo(parent)
                                info.external_attr = 0o40755 << 16 | 0x10
                                archive.writestr(info, b'')
                        info = zipfile.ZipInfo(path, (2026, 11, 29, 12, 0, 0))
                        info.compress_type, info.extra = method, extra
                        info._compresslevel = level
                        info.external_attr = 0o100600 << 16
                        with archive.open(info, 'w', force_zip64=zip64) as out: out.write(source.read(entry))
                    archive.comment = comment
        for level in (1, 6, 9): pack(f'deflated{level}', level=level)
        pack('stored', zipfile.ZIP_STORED)
        pack('reversed', order=-1)
        pack('folders', folders=True)
        pack('top', top='evidence/')
        pack('topfolders', top='evidence/', folders=True, order=-1)
        pack('stream', stream=True)
        pack('streamstored', zipfile.ZIP_STORED, stream=True, zip64=True)
        pack('extra', extra=b'UT\\x05\\x00\\x03\\x00\\x00\\x00\\x00ux\\x02\\x00\\x01\\x00')
        pack('zip64', zip64=True)
        pack('comment', comment=b'packed again')
        """
}
