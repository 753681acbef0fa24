import Testing

@testable import TransparencyLog

@Suite struct TilePathTests {
    @Test(
        arguments: [
            // The index 1234067 is the example of tlog-tiles, "Merkle Tree".
            (.hashes(level: 0), 1_234_067, 256, "tile/0/x001/x234/067"), (.hashes(level: 0), 0, 256, "tile/0/000"),
            (.hashes(level: 1), 999, 17, "tile/1/999.p/17"), (.hashes(level: 63), 1000, 1, "tile/63/x001/000.p/1"),
            (.entries, 273, 112, "tile/entries/273.p/112"), (.entries, 1_234_067, 256, "tile/entries/x001/x234/067"),
            (.hashes(level: 2), .max, 255, "tile/2/x018/x446/x744/x073/x709/x551/615.p/255"),
        ] as [(Tile.Content, UInt64, Int, String)])
    func pathsAreWrittenAndReadAsSpecified(content: Tile.Content, index: UInt64, width: Int, path: String) throws {
        let tile = try #require(Tile(content, index: index, width: width))
        #expect(tile.path == path)
        #expect(Tile(path: path) == tile)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
        "tile/x/000", "tile/0/x000", "tile/0/x000/001", "tile/0/001/002", "tile/0/x001/x002", "tile/0/000.p",
        "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/1/2", "tile/0/x001/.p/5", "tile/0/+01",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/entries", "tile/Entries/000", "tiles/0/000",
        "/tile/0/000",
        "tile/0/000/", "tile/0//000", "tile/0/\u{0660}00", "tile/0/000.p/\u{0661}", ".p/1", "tile/.p/1", "tile/0/.p/1",
    ])
    func otherPathsAreNone(path: String) {
        #expect(Tile(path: path) == nil)
    }

    @Test func levelsAndWidthsHaveLimits() {
        #expect(Tile(.hashes(level: 64), index: 0) == nil)
        #expect(Tile(.hashes(level: -1), index: 0) == nil)
        #expect(Tile(.entries, index: 0, width: 0) == nil)
        #expect(Tile(.entries, index: 0, width: 257) == nil)
    }

    /// The example of tlog-tiles, "Partial Tiles".
    @Test func aTreeOf70000LeavesHasTheTilesOfTheExample() {
        let tiles = Array(Tile.changed(from: 0, to: 70_000))
        func widths(_ level: Int) -> [Int] { tiles.filter { $0.content == .hashes(level: level) }.map(\.width) }
        #expect(widths(0) == Array(repeating: 256, count: 273) + [112])
        #expect(widths(1) == [256, 17])
        #expect(widths(2) == [1])
        #expect(tiles.count == 277)
        #expect(Tile.changed(from: 0, to: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(Tile.changed(from: 70_000, to: 70_000).map(\.path) == [])
        #expect(Tile.changed(from: 70_001, to: 70_000).map(\.path) == [])
        #expect(
            Tile.changed(from: 300, to: 600, entries: true).map(\.path) == [
                "tile/entries/001", "tile/entries/002.p/88", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2",
            ])
        #expect(Tile.changed(from: .max - 1, to: .max).map(\.width) == [255])
    }
}
