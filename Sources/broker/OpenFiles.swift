import Glibc

/// Each connection and each segment being read takes a file; the soft limit is often only 1,024.
enum OpenFiles {
    static func allowAsManyAsPossible() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
