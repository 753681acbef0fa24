import EvidencePackage
import Foundation
import Testing

/// The archive: other programs open it, and no byte of it goes unread.
@Suite struct ZipArchiveTests {
    private static let files = [
        ZipArchive.File(name: "README.txt", bytes: Array("read me\n".utf8)),
        ZipArchive.File(name: "leaves/moh/12.leaf", bytes: (0..<96).map { UInt8($0) }),
        ZipArchive.File(name: "empty", bytes: []),
    ]

    @Test func whatIsWrittenIsReadBack() throws {
        let archive = try ZipArchive(Self.files)
        #expect(try ZipArchive(reading: archive.bytes) == archive)
        #expect(archive["empty"] == [] && archive["other"] == nil)
        #expect(try ZipArchive(Self.files).bytes == archive.bytes)
        #expect(try ZipArchive(reading: ZipArchive([]).bytes).files.isEmpty)
    }

    /// The example of the specification of CRC-32 that everybody uses.
    @Test func theChecksumIsThatOfTheStandard() throws {
        let bytes = try ZipArchive([.init(name: "a", bytes: Array("123456789".utf8))]).bytes
        #expect(Array(bytes[14..<18]) == [0x26, 0x39, 0xF4, 0xCB])
    }

    /// A flipped bit is noticed, or changes no file: times and versions in the headers bear on nothing.
    @Test func everyFlippedBitIsNoticedOrWithoutEffect() throws {
        let bytes = try ZipArchive(Self.files).bytes
        var noticed = 0
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                guard let read = try? ZipArchive(reading: changed) else {
                    noticed += 1
                    continue
                }
                #expect(read.files == Self.files, "byte \(place), bit \(bit)")
            }
        }
        #expect(noticed > bytes.count * 6)
    }

    @Test func noBytesTrap() throws {
        let bytes = try ZipArchive(Self.files).bytes
        for length in bytes.indices {
            #expect(throws: ZipError.self) { try ZipArchive(reading: Array(bytes.prefix(length))) }
            #expect(throws: ZipError.self) { try ZipArchive(reading: Array(bytes.suffix(length))) }
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0..<4 {
                // Mostly the headers at the end, with values at the edges.
                let place = Int.random(in: bytes.count - 200..<bytes.count, using: &generator)
                changed[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            }
            if let read = try? ZipArchive(reading: changed) { #expect(read.files == Self.files) }
        }
    }

    @Test(arguments: ["", "/etc/passwd", "a/../b", "a//b", ".", "a\\b", "a b", "ä"])
    func aNameThatLeadsElsewhereIsRefused(name: String) {
        #expect(throws: ZipError.badName(1)) { try ZipArchive([.init(name: name, bytes: [])]) }
    }

    @Test func aDoubledNameIsRefused() {
        #expect(throws: ZipError.badName(2)) {
            try ZipArchive([.init(name: "a", bytes: []), .init(name: "a", bytes: [1])])
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func anotherProgramOpensIt() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("zip-\(UUID().uuidString).zip").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(try ZipArchive(Self.files).bytes).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.namelist())",
            path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(said == "['README.txt', 'leaves/moh/12.leaf', 'empty']\n")
    }
}
