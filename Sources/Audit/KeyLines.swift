import Foundation
public import TransparencyLog

/// Public keys in files: one verifier key a line, as signed-note writes them, where lines with `#` are comments; or the
/// signed list of all keys that a log has had (``KeyList``).
public enum KeyLines {
    /// Most bytes of a file of keys.
    private static let greatestLength = 1 << 20

    /// Reads the keys of a file.
    /// - Throws: ``EvidenceError`` naming the line.
    public static func read(_ bytes: [UInt8], path: String) throws(EvidenceError) -> [VerifierKey] {
        guard bytes.count <= greatestLength, let text = String(validating: bytes, as: UTF8.self) else {
            throw EvidenceError("\(path) is no file of public keys")
        }
        if let list = try? KeyList(bytes) { return list.entries.map(\.key) }
        var keys: [VerifierKey] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            do {
                keys.append(try VerifierKey(String(line)))
            } catch {
                throw EvidenceError("\(path), line \(number + 1), is no public key: \(error)")
            }
        }
        return keys
    }

    /// Reads a file of keys, or all files `*.pub` and `*.keys` of a folder.
    /// - Throws: ``EvidenceError`` when there are none.
    public static func read(at path: String) throws(EvidenceError) -> [VerifierKey] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw EvidenceError("there are no keys at \(path)")
        }
        var paths = [path]
        if isFolder.boolValue {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            paths = names.filter { $0.hasSuffix(".pub") || $0.hasSuffix(".keys") }.sorted().map { "\(path)/\($0)" }
        }
        var keys: [VerifierKey] = []
        for path in paths {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw EvidenceError("\(path) cannot be read")
            }
            for key in try read(Array(data), path: path) where !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else { throw EvidenceError("there are no public keys at \(path)") }
        return keys
    }

    /// Each log key signs its own log; and, since a party's one key pair signs as a witness too, cosigns all others.
    public static func policy(_ keys: [VerifierKey]) -> KeyPolicy {
        let logs = keys.filter { $0.kind == .ed25519 }
        let made = logs.compactMap { try? VerifierKey(name: $0.name, kind: .cosignature, publicKey: $0.publicKey) }
        var witnesses: [VerifierKey] = []
        for key in keys.filter({ $0.kind == .cosignature }) + made where !witnesses.contains(key) {
            witnesses.append(key)
        }
        return KeyPolicy(
            logs: logs.map { TrustedLogKey(origin: $0.name, key: $0) },
            witnesses: witnesses.map { TrustedWitnessKey(key: $0) })
    }
}
