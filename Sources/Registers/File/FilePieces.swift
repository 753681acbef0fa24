import Foundation

/// The bytes of a file, a piece of it in memory at a time.
struct FilePieces {
    private let handle: FileHandle
    private var piece: [UInt8] = []
    private var place = 0

    /// - Throws: Foundation's error when the file cannot be opened.
    init(_ path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    /// The first bytes that have not been taken, without taking them.
    mutating func peek(_ count: Int) throws -> ArraySlice<UInt8> {
        if piece.count - place < count { try refill() }
        return piece[place..<min(piece.count, place + count)]
    }

    /// The next byte; nil at the end.
    @inline(__always)
    mutating func next() throws -> UInt8? {
        if place == piece.count {
            try refill()
            if place == piece.count { return nil }
        }
        defer { place += 1 }
        return piece[place]
    }

    private mutating func refill() throws {
        let rest = piece[place...]
        piece = Array(rest) + (try handle.read(upToCount: 1 << 18) ?? Data())
        place = 0
    }
}
