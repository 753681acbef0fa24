import ExchangeSchema

/// The state of reading one envelope: what is met of each visit is judged at once and handed on.
final class EnvelopeReading {
    private(set) var visitCount = 0
    private(set) var soundCount = 0
    /// The error of whoever takes the parts, when it threw one.
    private(set) var failure: (any Error)?

    private let profile: ValidationProfile
    private let day: CivilDate?
    private let take: (EnvelopePart) throws -> Void
    private var firstOrdinals: [String: Int] = [:]

    /// - Parameter day: The day whose rules count; nil for the day on which each visit ended.
    init(profile: ValidationProfile, day: CivilDate?, take: @escaping (EnvelopePart) throws -> Void) {
        self.profile = profile
        self.day = day
        self.take = take
    }

    func read(_ raw: RawVisit) {
        guard failure == nil else { return }
        visitCount += 1
        let assembled = VisitAssembler.assemble(raw, profile: profile, day: day)
        var found = assembled.problems
        if let episodeCode = assembled.episodeCode {
            if let first = firstOrdinals[episodeCode] {
                found.add(
                    .repeatedEpisode(firstOrdinal: first), table: "XML1", row: 1, field: "MA_LK", value: episodeCode)
            } else {
                firstOrdinals[episodeCode] = raw.ordinal
            }
        }
        do {
            for warning in assembled.warnings.named(assembled.episodeCode) { try take(.warning(warning)) }
            for problem in found.named(assembled.episodeCode) { try take(.problem(problem)) }
            if found.list.isEmpty {
                soundCount += 1
                try take(.visit(assembled.record))
            }
        } catch {
            failure = error
        }
    }

    /// What is wrong with the head, judged at the end: its parts may stand behind the visits.
    /// - Parameters:
    ///   - head: Its values by name.
    ///   - found: HOSO elements of the file.
    ///   - isDay: Whether a value is a day in a form that is read.
    static func headProblems(
        _ head: [String: String], count found: Int, isDay: (String) -> Bool = FieldShape.day.accepts
    ) -> [EnvelopeProblem] {
        var problems: [EnvelopeProblem] = []
        func report(_ rule: EnvelopeProblem.Rule, _ field: String, _ value: String?) {
            problems.append(EnvelopeProblem(field: field, rule: rule, value: value))
        }
        if (head["MACSKCB"] ?? "").isEmpty { report(.required, "MACSKCB", nil) }
        let createdOn = head["NGAYLAP"] ?? ""
        if createdOn.isEmpty {
            report(.required, "NGAYLAP", nil)
        } else if !isDay(createdOn) {
            report(.notADate(.day), "NGAYLAP", createdOn)
        }
        let count = head["SOLUONGHOSO"] ?? ""
        if count.isEmpty {
            report(.required, "SOLUONGHOSO", nil)
        } else if Int(count) != found {
            report(.otherCount(found: found), "SOLUONGHOSO", count)
        }
        return problems
    }
}
