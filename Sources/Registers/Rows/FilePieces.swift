import Foundation

/// The bytes of a file, a piece of it in memory at a time.
struct FilePieces {
    private let path: String
    private let handle: FileHandle
    private var piece: [UInt8] = []
    private var place = 0

    init(_ path: String) throws(UnreadableFile) {
        self.path = path
        do {
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw UnreadableFile(path: path, reason: error.localizedDescription)
        }
    }

    /// The first bytes that have not been taken, without taking them.
    mutating func peek(_ count: Int) throws(UnreadableFile) -> ArraySlice<UInt8> {
        if piece.count - place < count { try refill() }
        return piece[place..<min(piece.count, place + count)]
    }

    /// The next byte; nil at the end.
    @inline(__always)
    mutating func next() throws(UnreadableFile) -> UInt8? {
        if place == piece.count {
            try refill()
            if place == piece.count { return nil }
        }
        defer { place += 1 }
        return piece[place]
    }

    private mutating func refill() throws(UnreadableFile) {
        let following: Data?
        do {
            following = try handle.read(upToCount: 1 << 18)
        } catch {
            throw UnreadableFile(path: path, reason: error.localizedDescription)
        }
        piece = Array(piece[place...]) + (following ?? Data())
        place = 0
    }
}
