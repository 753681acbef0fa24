/// What came of one thing that was tried.
public struct TrialEntry: Sendable, Equatable {
    /// How it came out.
    public enum Outcome: Sendable, Equatable {
        /// As it must be.
        case passed
        /// Not so: about what, what must be, what is.
        case failed([(about: String, expected: String, found: String)])
        /// It ought to be judged, and nobody can tell: why.
        case notJudged(String)
        /// There is nothing to judge: why.
        case notApplicable(String)

        /// Findings are compared one by one, in their order.
        public static func == (one: Outcome, other: Outcome) -> Bool {
            switch (one, other) {
            case (.passed, .passed): true
            case (.notJudged(let first), .notJudged(let second)): first == second
            case (.notApplicable(let first), .notApplicable(let second)): first == second
            case (.failed(let first), .failed(let second)):
                first.count == second.count && zip(first, second).allSatisfy { $0 == $1 }
            default: false
            }
        }
    }

    /// Its name.
    public var name: String
    /// What is expected.
    public var sentence: String
    /// Where that stands.
    public var source: String
    /// How it came out.
    public var outcome: Outcome

    /// Takes all fields.
    public init(name: String, sentence: String, source: String, outcome: Outcome) {
        self.name = name
        self.sentence = sentence
        self.source = source
        self.outcome = outcome
    }
}

/// What was tried with a party or a hospital's system, as one self-contained page.
public struct TrialPage: Sendable {
    /// The page.
    public let html: String

    /// - Parameters:
    ///   - title: Who was tried.
    ///   - about: Where, and by which contract.
    ///   - maker: The command that made it.
    public init(title: String, about: String, maker: String, entries: [TrialEntry]) {
        let failed = entries.filter { if case .failed = $0.outcome { true } else { false } }
        let silent = entries.filter { if case .notJudged = $0.outcome { true } else { false } }
        let beside = entries.filter { if case .notApplicable = $0.outcome { true } else { false } }
        let passed = entries.filter { $0.outcome == .passed }
        func tile(_ name: String, _ count: Int, waits: Bool = false) -> Markup {
            .tag(
                "li", ["class": waits ? "waits" : ""],
                [.tag("span", text: name), .tag("strong", text: NumberText.count(Int64(count)))])
        }
        let head = Markup.tag(
            "header", [:],
            [
                .tag("p", ["class": "eyebrow"], text: "Conformance"), .tag("h1", text: title),
                .tag("p", ["class": "about"], text: about),
                .tag(
                    "ul", ["class": "tiles"],
                    [
                        tile("Cases", entries.count), tile("Passed", passed.count),
                        tile("Failed", failed.count, waits: !failed.isEmpty),
                        tile("Not judged", silent.count, waits: !silent.isEmpty),
                        tile("Not applicable", beside.count),
                    ]),
            ])
        var parts = [head]
        if !failed.isEmpty {
            parts.append(
                Markup.tag("section", [:], [.tag("h2", text: "What is not as it must be")] + failed.map(Self.failure)))
        }
        if !silent.isEmpty {
            parts.append(
                Self.untried("What ought to be judged, and was not", caption: "Cases that were not judged", silent))
        }
        if !beside.isEmpty {
            parts.append(
                Self.untried("What is not to be judged here", caption: "Cases that are not applicable", beside))
        }
        parts.append(
            Markup.tag(
                "section", [:],
                [
                    .tag("h2", text: "What is as it must be"),
                    ReportTable(
                        caption: "Cases that passed",
                        columns: [.text("Case"), .text("What is expected"), .text("Where that stands")],
                        rows: passed.map { [.code($0.name), .text($0.sentence), .text($0.source)] }
                    ).markup,
                ]))
        let foot = Markup.tag("footer", [:], [.tag("p", text: "Made by \(maker). All people and visits are made up.")])
        let page = Markup.tag(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [
                PageStyle.head(title: "Conformance: \(title) · Closed Cycle"),
                .tag("body", [:], [.tag("main", ["id": "main"], parts), foot]),
            ])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func failure(_ entry: TrialEntry) -> Markup {
        guard case .failed(let findings) = entry.outcome else { return "" }
        return Markup([
            .tag("h3", [:], [.tag("code", text: entry.name), Markup("  \(entry.sentence)")]),
            ReportTable(
                caption: "By \(entry.source)",
                columns: [.text("About"), .text("Must be"), .text("Is")],
                rows: findings.map { [.code($0.about), .text($0.expected), .text($0.found, style: "bad")] }
            ).markup,
        ])
    }

    private static func untried(_ title: String, caption: String, _ entries: [TrialEntry]) -> Markup {
        Markup.tag(
            "section", [:],
            [
                .tag("h2", text: title),
                ReportTable(
                    caption: caption, columns: [.text("Case"), .text("What is expected"), .text("Why not")],
                    rows: entries.map { [.code($0.name), .text($0.sentence), .text(Self.why($0))] }
                ).markup,
            ])
    }

    private static func why(_ entry: TrialEntry) -> String {
        switch entry.outcome {
        case .notJudged(let why), .notApplicable(let why): why
        case .passed, .failed: ""
        }
    }
}
