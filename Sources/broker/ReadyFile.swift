import ArgumentParser
import Glibc
import ProgramLog

/// Tells by a file that the broker listens, and where. It appears whole, never half-written.
enum ReadyFile {
    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid())"
        guard let file = fopen(temporary, "w") else { throw problem(temporary) }
        fputs(text, file)
        guard fclose(file) == 0, rename(temporary, path) == 0 else { throw problem(path) }
    }

    private static func problem(_ path: String) -> any Error {
        ProgramWord.end("cannot write the ready file \(path): \(String(cString: strerror(errno)))", by: "broker")
        return ExitCode(2)
    }
}
