import Dispatch
import Glibc

/// The end of standard input, whose other end whoever started the program holds: the kernel closes it when that process is
/// gone, however it went.
enum StandardInputEnd {
    /// A thread of its own, because reading blocks; it ends with the process.
    static func follow(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "standard input").async {
            var bytes = [UInt8](repeating: 0, count: 256)
            while true {
                let count = read(STDIN_FILENO, &bytes, bytes.count)
                if count > 0 || (count < 0 && errno == EINTR) { continue }
                return body()
            }
        }
    }
}
