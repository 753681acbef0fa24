import Audit
import EvidencePackage
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import TransparencyLog

/// A log as other tools read it.
@Suite struct LogExportTests {
    let exchange: PackedExchange
    let folder: String

    init() throws {
        exchange = try PackedExchange(records: 700)
        folder = exchange.path + "/tiles"
    }

    @Test func theFolderIsTheLog() throws {
        #expect(try LogExport(exchange.sources[0]).write(to: folder) == 1_400)
        let note = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/checkpoint")))
        let checkpoint = try exchange.keys().policy.verify(note).checkpoint
        let tree = TileTree(size: checkpoint.size, reader: TileFolder(path: folder))
        var wrong: [TileError] = []
        try TileAudit(tree: tree, root: checkpoint.root).run(entries: true) { wrong.append($0) }
        #expect(wrong == [])
        var leaves: [[UInt8]] = []
        try StoreInspection(directory: exchange.path + "/moh").forEachJournalRow { _, _, bytes in
            for at in stride(from: 0, to: bytes.count, by: JournalLeaf.width) {
                leaves.append(Array(bytes[at..<at + JournalLeaf.width]))
            }
        }
        #expect(Self.root(leaves[...].map { TreeHash.leaf($0) }[...]) == checkpoint.root)
        for (path, expected) in Self.naive(leaves) {
            let found = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
            #expect(Array(found) == expected, "\(path)")
        }
        #expect(try Self.files(folder) == Set(Self.naive(leaves).keys).union(["checkpoint"]))
    }

    /// The journal as tiles, as it lies, is the folder that is written from it.
    @Test func theStoredTilesAreTheSame() throws {
        _ = try LogExport(exchange.sources[1]).write(to: folder)
        let files = TileFolder(path: folder)
        try StoreInspection(directory: exchange.path + "/vss").withTiles { reader in
            #expect(reader.size == 1_400)
            for name in try Self.files(folder) where name != "checkpoint" {
                let tile = try #require(Tile(path: name))
                #expect(try reader.read(tile) == files.read(tile), "\(name)")
            }
            let beyond = try #require(Tile(.hashes(level: 0), index: 6, width: 1))
            #expect(try reader.read(beyond) == nil)
            let far = try #require(Tile(.entries, index: .max, width: 256))
            #expect(try reader.read(far) == nil)
        }
    }

    @Test func whatLiesThereIsNotWrittenOver() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: folder + "/mine"))
        #expect(throws: PackageError.inTheWay(folder)) { try LogExport(exchange.sources[0]).write(to: folder) }
        #expect(try Self.files(folder) == ["mine"])
    }

    @Test func aJournalThatWasChangedIsNotExported() throws {
        try exchange.alter("moh", "UPDATE journal SET leaves = zeroblob(192) WHERE first = 8")
        #expect(throws: PackageError.self) { try LogExport(exchange.sources[0]).write(to: folder) }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    private static func files(_ folder: String) throws -> Set<String> {
        let names = try #require(FileManager.default.enumerator(atPath: folder))
        var files: Set<String> = []
        while let name = names.nextObject() as? String {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            if !isFolder.boolValue { files.insert(name) }
        }
        return files
    }

    /// RFC 6962, section 2.1, as it is written there.
    private static func root(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
        guard hashes.count > 1 else { return hashes.first ?? .emptyTree }
        var half = 1
        while half * 2 < hashes.count { half *= 2 }
        return .node(root(hashes.prefix(half)), root(hashes.dropFirst(half)))
    }

    /// tlog-tiles for fewer than 65,536 leaves, from its text.
    private static func naive(_ leaves: [[UInt8]]) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        func add(_ folder: String, _ items: [[UInt8]]) {
            for (number, start) in stride(from: 0, to: items.count, by: 256).enumerated() {
                let part = items[start..<min(start + 256, items.count)]
                let width = part.count == 256 ? "" : ".p/\(part.count)"
                files["tile/\(folder)/\(String(format: "%03d", number))\(width)"] = part.flatMap(\.self)
            }
        }
        let hashes = leaves.map { TreeHash.leaf($0) }
        add("entries", leaves.map { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 })
        add("0", hashes.map(\.bytes))
        let whole = hashes.count / 256
        add("1", (0..<whole).map { root(hashes[$0 * 256..<($0 + 1) * 256]).bytes })
        return files
    }
}
