import ArgumentParser
import Glibc
import ProgramStart

/// Tells by a file that the broker listens, and where. It appears whole, never half-written.
enum ReadyFile {
    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid())"
        guard let file = fopen(temporary, "w") else { throw problem(temporary) }
        fputs(text, file)
        guard fclose(file) == 0, rename(temporary, path) == 0 else { throw problem(path) }
    }

    private static func problem(_ path: String) -> any Error {
        StandardError.say("broker: cannot write the ready file \(path): \(String(cString: strerror(errno)))")
        return ExitCode(2)
    }
}
