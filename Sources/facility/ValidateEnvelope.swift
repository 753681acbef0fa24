import ArgumentParser
import Composition
import ExchangeSchema
import Foundation
import HealthStandards
import Operations
import ProgramStart

/// Judges an envelope without an exchange.
struct ValidateEnvelope: ParsableCommand {
    /// Language of the lines.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case english = "en"
        case vietnamese = "vi"
    }

    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judge the visits of an envelope (GIAMDINHHS, Decision 130/4750), without an exchange.",
        discussion: """
            Each finding has record, table, row, field, value, rule and source. Judged are the tables of fields, as facility \
            submit does, and MoH's own rules as far as they need no register. What VSS says of a card and C06 of a person, \
            only an exchange can tell.
            Exit codes: 0 all sound, warnings aside; 1 some are not, or there are none; 2 the file cannot be read; \
            64 wrong usage.
            """)

    @Argument(help: "The envelope file.")
    var file: String

    @Option(help: "Whose field rules apply: annex or portal.")
    var profile = ValidationProfile.portal

    @Option(
        help: "The day whose rules count, as 2026-07-15; by default the day on which each visit ended.",
        transform: Self.day)
    var on: CivilDate?

    @Option(help: "Language of the lines: en or vi. JSON has both.")
    var language = Language.english

    @Flag(help: "As JSON: one object, with a line for each finding.")
    var json = false

    func run() throws {
        let isSound = try ProgramFailure.reported(by: "facility validate") {
            let validation = EnvelopeValidation(file: file, profile: profile, day: on)
            return json ? try write(validation) : try say(validation)
        }
        if !isSound { throw ExitCode(1) }
    }

    private func say(_ validation: EnvelopeValidation) throws -> Bool {
        let language = language
        let summary = try validation.run { finding in
            try StandardOutput.say(Self.line(finding, language))
        }
        let (visits, sound, kept, refused) = (summary.visits, summary.sound, summary.keptBack, summary.refused)
        try StandardOutput.say(
            language == .english
                ? "\(visits) visits: \(sound) sound, \(kept) kept back, \(refused) that MoH would refuse; "
                    + "\(summary.warnings) warnings"
                : "\(visits) hồ sơ: \(sound) hợp lệ, \(kept) bị giữ lại, \(refused) sẽ bị Bộ Y tế từ chối; "
                    + "\(summary.warnings) cảnh báo")
        return summary.isSound
    }

    private static func line(_ finding: ValidationFinding, _ language: Language) -> String {
        let isEnglish = language == .english
        var place = finding.visit.map { isEnglish ? "record \($0)" : "hồ sơ \($0)" } ?? ""
        if let code = finding.episodeCode { place += place.isEmpty ? "MA_LK \(code)" : " (MA_LK \(code))" }
        if place.isEmpty { place = isEnglish ? "envelope" : "tệp" }
        var parts: [String] = []
        if let line = finding.line { parts.append(isEnglish ? "line \(line)" : "dòng \(line) của tệp") }
        if let table = finding.table { parts.append(isEnglish ? "table \(table)" : "bảng \(table)") }
        if let row = finding.row { parts.append(isEnglish ? "row \(row)" : "dòng \(row)") }
        if let field = finding.field { parts.append(isEnglish ? "field \(field)" : "trường \(field)") }
        if !parts.isEmpty { place += ": " + parts.joined(separator: ", ") }
        let value = finding.value.map { "\"\($0)\" " } ?? ""
        let rule = isEnglish ? finding.english : finding.vietnamese
        return "\(severity(finding, isEnglish))  \(place): \(value)\(rule)  [\(finding.rule)]"
    }

    private static func severity(_ finding: ValidationFinding, _ isEnglish: Bool) -> String {
        switch finding.severity {
        case .error: isEnglish ? "error  " : "lỗi     "
        case .refusal: isEnglish ? "refusal" : "từ chối "
        case .warning: isEnglish ? "warning" : "cảnh báo"
        }
    }

    /// A line for each finding, so that a file of any size is told in little memory.
    private func write(_ validation: EnvelopeValidation) throws -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func text(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        try StandardOutput.say("{\"version\":1,\"file\":\(try text(file)),\"profile\":\"\(profile.rawValue)\",")
        try StandardOutput.say("\"on\":\(on.map { "\"\($0)\"" } ?? "null"),\"findings\":[")
        var isFirst = true
        let summary = try validation.run { finding in
            try StandardOutput.say((isFirst ? "" : ",") + (try text(finding)))
            isFirst = false
        }
        try StandardOutput.say("],\"summary\":\(try text(summary))}")
        return summary.isSound
    }

    private static func day(_ text: String) throws -> CivilDate {
        let digits = text.filter { $0 != "-" }
        guard text.count == 8 || text.split(separator: "-").map(\.count) == [4, 2, 2],
            let day = Int(digits).flatMap(CivilDate.init(number:)), day.isComplete
        else { throw ValidationError("--on takes a day such as 2026-07-15") }
        return day
    }
}
