import Foundation

/// The socket of a data directory. An address holds 107 bytes of path and a directory may lie deeper, so the socket is
/// named through the descriptor of its directory, `/proc/self/fd/N/inbox`, which is short wherever the directory is.
struct SocketPath: ~Copyable {
    /// Name of the socket in a party's data directory.
    static let name = "inbox"

    private let directory: Int32

    /// Opens the directory.
    init(directory path: String) throws(InboxError) {
        directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else {
            let code: InboxError.Code = errno == EACCES ? .notAllowed : errno == ENOENT ? .notRunning : .system
            throw InboxError(code, "cannot open the directory \(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(directory) }

    /// Name of the socket for this process, as long as this value lives.
    var text: String { "/proc/self/fd/\(directory)/\(Self.name)" }

    /// Calls with the address.
    borrowing func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (place, byte) in text.utf8.prefix(path.count - 1).enumerated() { path[place] = byte }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
