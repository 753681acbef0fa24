import Foundation
import ProgramStart

/// Asks a person at a terminal for a citizen number, and shows nothing of what is typed.
struct CitizenNumberPrompt {
    private let terminal: Int32
    private let say: (String) -> Void

    /// - Parameters:
    ///   - terminal: Descriptor of the terminal that is read.
    ///   - say: Shows what is asked; not on standard output, which has what the command answers.
    init(terminal: Int32 = STDIN_FILENO, say: @escaping (String) -> Void = StandardError.write) {
        self.terminal = terminal
        self.say = say
    }

    /// Whether a person can be asked.
    var isPossible: Bool { isatty(terminal) == 1 }

    /// The line that was typed; the terminal is as before then, also after Ctrl-C.
    /// - Throws: ``ProgramFailure`` when it is no terminal.
    func ask() throws -> String {
        var former = termios()
        guard unsafe tcgetattr(terminal, &former) == 0 else { throw ProgramFailure("there is no terminal to ask at") }
        let (found, terminal) = (former, terminal)
        if terminal == STDIN_FILENO {
            SignalFollower.follow([SIGINT, SIGTERM, SIGHUP]) { number in
                var found = found
                _ = unsafe tcsetattr(terminal, TCSANOW, &found)
                _exit(128 + number)
            }
        }
        var silent = former
        silent.c_lflag &= ~tcflag_t(ECHO)
        // What was typed before the question is thrown away: it was shown.
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
            throw ProgramFailure("the terminal cannot be told to show nothing; give the number by --citizen-file")
        }
        say("Citizen number (not shown): ")
        let line = line()
        _ = unsafe tcsetattr(terminal, TCSADRAIN, &former)
        say("\n")
        return line
    }

    /// Bytes up to the end of the line, or of what there is.
    private func line() -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = unsafe Glibc.read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }
}
