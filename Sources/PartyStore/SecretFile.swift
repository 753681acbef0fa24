public import ExchangeSchema
import Foundation

/// What a party keeps for itself beside its database, under `DIR/keys`.
public enum SecretFile {
    /// Path of the secret for salts.
    public static func saltPath(_ directory: String) -> String { directory + "/keys/salt.key" }

    /// Reads the secret from which a party's salts and seals are computed, or makes it at the first start.
    /// - Parameter mayMake: False once it has been used: another one in its place would not agree with what was sealed.
    /// - Throws: ``StoreError`` when it is gone or damaged, or cannot be written.
    public static func saltKey(directory: String, mayMake: Bool = true) throws(StoreError) -> SaltKey {
        let path = saltPath(directory)
        if let data = FileManager.default.contents(atPath: path) {
            guard let key = SaltKey(bytes: Array(data)) else {
                throw StoreError(.damaged, "\(path) is no secret of \(SaltKey.width) bytes; restore it from a copy")
            }
            return key
        }
        guard mayMake else {
            throw StoreError(
                .damaged,
                "\(path) is gone, with which what the party has stored is sealed in its journal; restore it from a copy"
            )
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<SaltKey.width).map { _ in UInt8.random(in: 0...255, using: &generator) }
        guard let key = SaltKey(bytes: bytes) else { throw StoreError(.database, "\(path) cannot be made") }
        try makeDirectory(directory + "/keys", mode: 0o700)
        try write(bytes, to: path, mode: 0o600)
        return key
    }

    /// The secret as it lies there; nil when there is none, or one that is damaged.
    public static func existingSaltKey(directory: String) -> SaltKey? {
        FileManager.default.contents(atPath: saltPath(directory)).flatMap { SaltKey(bytes: Array($0)) }
    }

    /// Makes a directory with what leads to it.
    package static func makeDirectory(_ path: String, mode: Int) throws(StoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        } catch {
            throw StoreError(.database, "cannot make \(path): \(error.localizedDescription)")
        }
    }

    static func write(_ text: String, to path: String, mode: UInt32) throws(StoreError) {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    /// Under another name first, so that no half of a key is ever found.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(StoreError) {
        let draft = path + ".new"
        unsafe unlink(draft)
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else {
            throw StoreError(.database, unsafe "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        let written = unsafe Glibc.write(file, bytes, bytes.count)
        let flushed = fsync(file)
        close(file)
        guard written == bytes.count, flushed == 0, unsafe rename(draft, path) == 0 else {
            throw StoreError(.diskFull, unsafe "cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }
}
