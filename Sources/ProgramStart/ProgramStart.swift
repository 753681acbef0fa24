public import Glibc

/// What every program does before anything else.
public enum ProgramStart {
    /// Gives each standard descriptor that was closed (`2>&-`) something to stand for: otherwise the first file or socket
    /// that is opened takes its number, and lines for people go into it.
    ///
    /// Files and directories that the program makes are its user's alone (0600, 0700), whatever they were opened with: most of
    /// them hold personal data or keys.
    public static func begin() {
        _ = usersMask
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The kernel gives the lowest number that is free, which is this one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
        }
    }

    /// The mask of file modes with which the program was started, for files that a person asks for by name. Since it was first
    /// read, which `begin()` does, the process's own mask lets nobody but its user in.
    public static let usersMask: mode_t = umask(0o077)
}
