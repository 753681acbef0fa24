import Glibc
import Synchronization

/// The authority of an exchange as it lies in its directory. It is read again when its file has changed, and not for each
/// signature: reading a key costs more than checking what it signed.
final class KeptAuthority: Sendable {
    /// What tells one state of a file from another.
    private struct Stamp: Equatable {
        var node: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    private let directory: String
    private let latest = Mutex<(stamp: Stamp, authority: FacilityAuthority)?>(nil)

    init(directory: String) { self.directory = directory }

    /// Nil where there is none.
    /// - Throws: ``SignatureError/unreadableKey`` when it is damaged.
    func authority() throws -> FacilityAuthority? {
        guard let stamp = stamp() else { return nil }
        if let known = latest.withLock({ $0 }), known.stamp == stamp { return known.authority }
        guard let authority = try FacilityAuthority.existing(in: directory) else { return nil }
        latest.withLock { $0 = (stamp, authority) }
        return authority
    }

    private func stamp() -> Stamp? {
        var status = stat()
        guard unsafe stat(FacilityAuthority.path(directory), &status) == 0 else { return nil }
        return Stamp(
            node: UInt(status.st_ino), size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
            nanoseconds: Int(status.st_mtim.tv_nsec))
    }
}
