import ReportPage

extension ConformanceReport {
    /// For people: one page of HTML without network or script.
    package var page: String {
        TrialPage(
            title: party, about: "Tried at \(broker), route \(route). \(passed) of \(results.count) cases passed.",
            maker: "cycle conformance", entries: results.map(Self.entry)
        ).html
    }

    private static func entry(_ result: CaseResult) -> TrialEntry {
        let outcome: TrialEntry.Outcome =
            switch result.outcome {
            case .passed: .passed
            case .failed(let findings): .failed(findings.map { ($0.about, $0.expected, $0.found) })
            case .notJudged(let why): .notJudged(why)
            case .notApplicable(let why): .notApplicable(why)
            }
        return TrialEntry(name: result.name, sentence: result.sentence, source: result.source, outcome: outcome)
    }
}
