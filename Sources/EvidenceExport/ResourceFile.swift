import Foundation

/// Writes JSON to a file as it comes, in pieces of a mebibyte. What is not finished is removed.
final class ResourceFile {
    private let path: String
    private let handle: FileHandle
    private let encoder: JSONEncoder
    private var waiting = Data()
    private var isFinished = false
    private static let piece = 1 << 20

    /// Makes a file that must not be there.
    init(_ path: String) throws(ExportError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw errno == EEXIST
                ? .inTheWay(path) : .cannotWrite(path, String(cString: strerror(errno)))
        }
        self.path = path
        handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    func write(_ resource: some Encodable, before: String = "", after: String = "\n") throws {
        waiting += before.utf8
        waiting += try encoder.encode(resource)
        waiting += after.utf8
        if waiting.count >= Self.piece { try flush() }
    }

    func write(_ text: String) { waiting += text.utf8 }

    func finish() throws {
        try flush()
        try handle.close()
        isFinished = true
    }

    private func flush() throws {
        do {
            try handle.write(contentsOf: waiting)
        } catch {
            throw ExportError.cannotWrite(path, error.localizedDescription)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    deinit { if !isFinished { try? FileManager.default.removeItem(atPath: path) } }
}
