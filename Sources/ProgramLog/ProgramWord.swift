import Glibc
public import Logging
import ProgramStart

/// What a program says to whoever started it, on standard error: for people, or as a line of the log where that is JSON.
public enum ProgramWord {
    /// Says why the program ends. What is indented belongs to the line before it, as the tail of a log does.
    public static func end(_ reason: String, by program: String) {
        guard LogFormat.chosen == .text else {
            return JSONLogHandler.write(program, level: .critical, reason)
        }
        for line in reason.split(separator: "\n") {
            StandardError.say(line.hasPrefix(" ") ? String(line) : "\(program): \(line)")
        }
    }

    /// Says on standard output that the program takes requests, and where.
    public static func ready(at address: String, by program: String) {
        switch LogFormat.chosen {
        case .text: print("\(program) ready on \(address)")
        case .json: print(JSONLogHandler.line(program, level: .info, "ready on \(address)") ?? "")
        }
        fflush(nil)
    }

    /// Says something on the way.
    public static func say(_ text: String, by program: String, level: Logger.Level = .notice) {
        switch LogFormat.chosen {
        case .text: StandardError.say("\(program): \(text)")
        case .json: JSONLogHandler.write(program, level: level, text)
        }
    }
}
