import Foundation

/// A folder beside the place of a register in which it is made; gone afterwards, whatever became of it.
enum RegisterDraft {
    /// - Parameter folder: Where the register will lie; nil for one that nobody keeps.
    static func make<Result>(beside folder: String?, _ body: (String) throws -> Result) throws -> Result {
        let folder = folder ?? NSTemporaryDirectory()
        let draft = folder + "/.draft-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
        } catch {
            throw UnwritableRegister(path: folder, reason: error.localizedDescription)
        }
        defer { try? FileManager.default.removeItem(atPath: draft) }
        return try body(draft)
    }

    /// Puts a finished register in its place, at once.
    static func move(_ draft: String, to path: String) throws(UnwritableRegister) {
        guard rename(draft, path) == 0 else {
            throw UnwritableRegister(path: path, reason: String(cString: strerror(errno)))
        }
    }
}

/// A register that cannot be put where it belongs.
public struct UnwritableRegister: Error, CustomStringConvertible {
    /// Its place.
    public let path: String
    /// What the system says.
    public let reason: String

    /// For people.
    public var description: String { "cannot write \(path): \(reason)" }
}
