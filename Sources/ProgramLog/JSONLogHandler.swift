import Foundation
import Logging
import ProgramStart

/// Writes each line of a log as an object of JSON: `time` (UTC), `level`, `program`, `message`, and what belongs to it under
/// `metadata`.
struct JSONLogHandler: LogHandler {
    private struct Line: Encodable {
        var time: String
        var level: String
        var program: String
        var message: String
        var metadata: [String: String]?
    }

    let program: String
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()

    init(program: String) { self.program = program }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var message = event.message.description
        if let error = event.error { message += ": \(error)" }
        Self.write(program, level: event.level, message, all)
    }

    static func write(_ program: String, level: Logger.Level, _ message: String, _ metadata: Logger.Metadata = [:]) {
        if let line = line(program, level: level, message, metadata) { StandardError.say(line) }
    }

    static func line(
        _ program: String, level: Logger.Level, _ message: String, _ metadata: Logger.Metadata = [:]
    ) -> String? {
        let line = Line(
            time: Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), level: level.rawValue,
            program: program, message: message,
            metadata: metadata.isEmpty ? nil : metadata.mapValues { $0.description })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) }
    }
}
