import Foundation
public import TransparencyLog

/// A folder in the layout of C2SP tlog-tiles: `checkpoint`, `tile/LEVEL/…`, `tile/entries/…`.
public struct TileFolder: TileReader, TileWriter {
    /// The folder.
    public let path: String
    /// The folder made last: tiles come in order, so most fall into the same one.
    private var made = ""

    /// A folder, which need not exist.
    public init(path: String) { self.path = path }

    /// The bytes of a file; nil when there is none.
    public func read(_ tile: Tile) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(tile.path)").map(Array.init)
    }

    /// Writes a file.
    /// - Throws: What Foundation says of a disk that cannot be written.
    public mutating func write(_ bytes: [UInt8], to tile: Tile) throws {
        let file = URL(fileURLWithPath: "\(path)/\(tile.path)")
        let folder = file.deletingLastPathComponent().path
        if folder != made {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            made = folder
        }
        try Data(bytes).write(to: file)
    }
}
