/// One thing that validation says of an envelope: for people in two languages, and for programs in a form that stays.
/// Names are never changed or given another meaning; new ones may be added.
public struct ValidationFinding: Sendable, Codable, Equatable {
    /// What it means for the visit.
    public enum Severity: String, Sendable, Codable {
        /// The visit is kept back at the facility.
        case error
        /// The visit goes, and the ministry refuses it.
        case refusal
        /// The visit goes; something about it is worth knowing.
        case warning
    }

    /// What it means for the visit.
    public var severity: Severity
    /// Number of the HOSO in the file, from 1; nil for the envelope itself.
    public var visit: Int?
    /// MA_LK of the visit, where it could be read.
    public var episodeCode: String?
    /// Table, such as XML2.
    public var table: String?
    /// Row of the table, from 1.
    public var row: Int?
    /// Element.
    public var field: String?
    /// Line of the envelope, for problems of its own elements.
    public var line: Int?
    /// The value that breaks the rule, cut to 80 characters.
    public var value: String?
    /// The rule's name: a word of ours, or the code of a refusal.
    public var rule: String
    /// The rule in English.
    public var english: String
    /// The rule in Vietnamese.
    public var vietnamese: String
    /// Where the rule comes from.
    public var source: String

    /// Takes all fields.
    public init(
        severity: Severity, visit: Int? = nil, episodeCode: String? = nil, table: String? = nil, row: Int? = nil,
        field: String? = nil, line: Int? = nil, value: String? = nil, rule: String, english: String,
        vietnamese: String, source: String
    ) {
        self.severity = severity
        self.visit = visit
        self.episodeCode = episodeCode
        self.table = table
        self.row = row
        self.field = field
        self.line = line
        self.value = value
        self.rule = rule
        self.english = english
        self.vietnamese = vietnamese
        self.source = source
    }
}

extension ValidationFinding {
    /// What was met in reading an envelope.
    /// - Parameters:
    ///   - isWarning: Whether the visit goes all the same.
    ///   - profile: By whose rules it was read.
    public init(_ problem: EnvelopeProblem, isWarning: Bool, profile: ValidationProfile) {
        self.init(
            severity: isWarning ? .warning : .error, visit: problem.visitOrdinal,
            episodeCode: problem.episodeCode.map(EnvelopeProblem.shortened), table: problem.table, row: problem.row,
            field: problem.field.map(EnvelopeProblem.shortened), line: problem.line,
            value: problem.value.map(EnvelopeProblem.shortened), rule: problem.rule.name,
            english: problem.rule.description, vietnamese: problem.rule.vietnamese,
            source: problem.rule.source(profile))
    }
}
