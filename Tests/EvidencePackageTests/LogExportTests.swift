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
        // Of every size that was signed, and not of the newest alone.
        let sizes = try StoreInspection(directory: exchange.path + "/moh").checkpoints().map { Int($0.size) }
        #expect(sizes.count > 10 && sizes.last == 1_400)
        var expected: [String: [UInt8]] = [:]
        for size in sizes {
            expected.merge(Self.naive(Array(leaves.prefix(size)))) { first, second in
                #expect(first == second, "a tile never changes")
                return first
            }
        }
        for (path, bytes) in expected {
            let found = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
            #expect(Array(found) == bytes, "\(path)")
        }
        let notes = ["checkpoint", "cosigned"] + sizes.map { "checkpoints/\($0)" }
        let keys = ["moh", "vss"].flatMap { ["keys/\($0).pub", "keys/\($0).witness.pub"] }
        #expect(try Self.files(folder) == Set(expected.keys).union(notes + keys))
    }

    /// Whoever has seen an older checkpoint finds the tiles of its size (tlog-tiles, "Partial Tiles").
    @Test func everySignedCheckpointHasItsTiles() throws {
        _ = try LogExport(exchange.sources[0]).write(to: folder)
        let policy = try exchange.keys().policy
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/checkpoints")
        #expect(names.count > 10)
        for name in names {
            let note = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/checkpoints/\(name)")))
            let checkpoint = try policy.verify(note).checkpoint
            #expect(name == "\(checkpoint.size)")
            let tree = TileTree(size: checkpoint.size, reader: TileFolder(path: folder))
            var wrong: [TileError] = []
            try TileAudit(tree: tree, root: checkpoint.root).run(entries: true) { wrong.append($0) }
            #expect(wrong == [])
        }
    }

    @Test func theNewestCosignedCheckpointLiesBesideTheNewest() throws {
        try exchange.grow(by: 20, isCosigned: false)
        _ = try LogExport(exchange.sources[0]).write(to: folder)
        let policy = try exchange.keys().policy
        func head(_ name: String) throws -> VerifiedCheckpoint {
            try policy.verify(Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
        }
        let (newest, cosigned) = (try head("checkpoint"), try head("cosigned"))
        #expect(newest.checkpoint.size == 1_440 && newest.cosignatures.isEmpty)
        #expect(cosigned.checkpoint.size == 1_400)
        #expect(cosigned.cosignatures.map(\.witness.name) == ["closed-cycle/exchange-1/vss"])
        #expect(try head("checkpoints/1400") == cosigned)
    }

    /// What `note.NewVerifier` of golang.org/x/mod/sumdb/note takes: a name, eight digits, and base 64, and nothing else.
    @Test func keysLieThereAsVerifierKeys() throws {
        _ = try LogExport(exchange.sources[0]).write(to: folder)
        let package = try ZipArchive(reading: exchange.package())
        for party in ["moh", "vss"] {
            for (end, kind) in [("pub", SignatureKind.ed25519), ("witness.pub", .cosignature)] {
                let text = try String(contentsOfFile: "\(folder)/keys/\(party).\(end)", encoding: .utf8)
                let key = try VerifierKey(String(text.dropLast()))
                #expect(key.kind == kind && text.hasSuffix("\n") && key.name.string.hasSuffix("/\(party)"))
                #expect(package["keys/\(party).\(end)"] == Array(text.utf8))
            }
        }
    }

    /// The journal as tiles, as it lies, is the folder that is written from it.
    @Test func theStoredTilesAreTheSame() throws {
        _ = try LogExport(exchange.sources[1]).write(to: folder)
        let files = TileFolder(path: folder)
        try StoreInspection(directory: exchange.path + "/vss").withTiles { reader in
            #expect(reader.size == 1_400)
            for tile in Tile.changed(from: 0, to: 1_400, entries: true) {
                let written = try #require(files.read(tile), "\(tile)")
                #expect(try reader.read(tile) == written, "\(tile)")
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
