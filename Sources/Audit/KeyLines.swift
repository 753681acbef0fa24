import Foundation
import TransparencyLog

/// Public keys in files: one verifier key a line, as signed-note writes them, where lines with `#` are comments; or the
/// signed list of all keys that a log has had (``KeyList``).
public enum KeyLines {
    /// Most bytes of a file of keys.
    private static let greatestLength = 1 << 20

    /// Reads the keys of a file.
    /// - Throws: ``EvidenceError`` naming the line.
    public static func read(_ bytes: [UInt8], path: String) throws(EvidenceError) -> KeyRing {
        guard bytes.count <= greatestLength, let text = String(validating: bytes, as: UTF8.self) else {
            throw EvidenceError("\(path) is no file of public keys")
        }
        var ring = KeyRing()
        if let list = try? KeyList(bytes) {
            try ring.add(list, path: path)
            return ring
        }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            do {
                ring.add(try VerifierKey(String(line)))
            } catch {
                throw EvidenceError("\(path), line \(number + 1), is no public key: \(error)")
            }
        }
        return ring
    }

    /// The lists of keys (`*.keys`) in a folder, by name; what is none is left out.
    static func lists(in folder: String) -> [KeyList] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { $0.hasSuffix(".keys") }.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap { try? KeyList(Array($0)) }
        }
    }

    /// Reads a file of keys, or all files `*.pub` and `*.keys` of a folder.
    /// - Throws: ``EvidenceError`` when there are none, or two lists of one log contradict each other.
    public static func read(at path: String) throws(EvidenceError) -> KeyRing {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw EvidenceError("there are no keys at \(path)")
        }
        var paths = [path]
        if isFolder.boolValue {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            paths = names.filter { $0.hasSuffix(".pub") || $0.hasSuffix(".keys") }.sorted().map { "\(path)/\($0)" }
        }
        var ring = KeyRing()
        for path in paths {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw EvidenceError("\(path) cannot be read")
            }
            try ring.add(read(Array(data), path: path), path: path)
        }
        guard !ring.keys.isEmpty else { throw EvidenceError("there are no public keys at \(path)") }
        return ring
    }
}
