import Glibc

/// What every program does before anything else.
public enum ProgramStart {
    /// Gives each standard descriptor that was closed (`2>&-`) something to stand for: otherwise the first file or socket
    /// that is opened takes its number, and lines for people go into it.
    public static func begin() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The kernel gives the lowest number that is free, which is this one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
        }
    }
}
