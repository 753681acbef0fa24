public import ArgumentParser
public import Logging

/// The log of a program: standard error, with the time of each line.
public enum ProgramLog {
    /// A logger with the program's name.
    public static func logger(_ program: String, level: Logger.Level) -> Logger {
        Logger(label: program) { label in
            var handler: any LogHandler =
                switch LogFormat.chosen {
                case .text: StreamLogHandler.standardError(label: label)
                case .json: JSONLogHandler(program: label)
                }
            handler.logLevel = level
            return handler
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
