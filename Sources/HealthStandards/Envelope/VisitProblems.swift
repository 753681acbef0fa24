/// The problems of one visit, up to a limit, so that a broken file cannot fill the memory with its own faults.
struct VisitProblems {
    static let limit = 100

    let ordinal: Int
    private(set) var list: [EnvelopeProblem] = []

    init(ordinal: Int) { self.ordinal = ordinal }

    mutating func add(
        _ rule: EnvelopeProblem.Rule, table: String? = nil, row: Int? = nil, field: String? = nil,
        value: String? = nil, line: Int? = nil
    ) {
        guard list.count <= Self.limit else { return }
        if list.count == Self.limit {
            list.append(EnvelopeProblem(visitOrdinal: ordinal, rule: .furtherProblems(listed: Self.limit)))
            return
        }
        list.append(
            EnvelopeProblem(
                visitOrdinal: ordinal, table: table, row: row, field: field, rule: rule, value: value, line: line))
    }

    /// Adds what was found elsewhere.
    mutating func add(_ found: [EnvelopeProblem]) {
        for problem in found {
            add(
                problem.rule, table: problem.table, row: problem.row, field: problem.field, value: problem.value,
                line: problem.line)
        }
    }

    /// The problems, each with the episode code of the visit.
    func named(_ episodeCode: String?) -> [EnvelopeProblem] {
        list.map { problem in
            var named = problem
            named.episodeCode = episodeCode
            return named
        }
    }
}
