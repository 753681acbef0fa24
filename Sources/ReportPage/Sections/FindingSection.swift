import Audit

/// What was found, by cause: how much, at whom, since when, what to do. Lists, and what only machines read, are folded.
struct FindingSection {
    let content: ReportContent
    private static let mostListed = 50

    private var say: PageLanguage { content.say }
    private var causes: [VerdictCause] { content.verdict.causes.filter { !$0.examples.isEmpty } }

    /// What the page's contents say of it.
    var entry: [(String, String)] { causes.isEmpty ? [] : [("findings", say("Findings", "Phát hiện"))] }

    var markup: Markup {
        guard !causes.isEmpty else { return Markup([]) }
        return .tag(
            "section", ["id": "findings"],
            [.tag("h2", text: say("Findings by cause", "Phát hiện theo nguyên nhân"))] + causes.map(group))
    }

    private func group(_ cause: VerdictCause) -> Markup {
        let words = CauseWords(cause: cause, names: content.names)
        let lines = lines(cause.kind)
        let shown = lines.prefix(Self.mostListed)
        let rest = cause.count - Int64(shown.count)
        let more =
            rest > 0
            ? [
                Markup.tag(
                    "p",
                    text: say(
                        "and \(NumberText.count(rest)) more: cycle audit verify DATA lists them",
                        "và \(NumberText.count(rest)) phát hiện khác: cycle audit verify DATA liệt kê"))
            ] : []
        return Markup([
            .tag("h3", text: words.heading), .tag("p", text: words.sentence),
            .tag(
                "p", [:],
                [
                    Markup(say("To act: ", "Cần hành động: ")), .tag("span", ["class": "who"], text: words.actors),
                    Markup(" – " + words.action),
                ]),
            kinds(cause),
            .tag(
                "p", ["class": "example", "lang": "en"],
                text: say("For example: ", "Ví dụ: ") + Self.short(cause.examples.first ?? "")),
            .tag(
                "details", [:],
                [
                    .tag(
                        "summary",
                        text: say(
                            "The first \(shown.count) of \(NumberText.count(cause.count)), whole",
                            "\(shown.count) phát hiện đầu tiên trên \(NumberText.count(cause.count)), đầy đủ")),
                    .tag("ul", ["class": "findings", "lang": "en"], shown.map { .tag("li", text: $0) }),
                ] + more),
        ])
    }

    private func lines(_ kind: VerdictCause.Kind) -> [String] {
        let laws = kind == .countsDisagree ? content.bound.violations.map { "conservation: \($0)" } : []
        return laws
            + content.bound.verification.findings.filter { VerdictCause.Kind($0.kind) == kind }.map(\.line)
    }

    /// How many of each kind, in plain words.
    private func kinds(_ cause: VerdictCause) -> Markup {
        let counts = content.bound.verification.counts
        var rows: [[ReportTable.Cell]] = counts.keys.sorted().compactMap { key in
            let parts = key.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let kind = parts.first.flatMap(AuditFinding.Kind.init(rawValue:)),
                VerdictCause.Kind(kind) == cause.kind
            else { return nil }
            let party = parts.count > 1 && !parts[1].isEmpty ? content.title(parts[1]) : "–"
            return [
                .text(FindingWords.text(kind, say)), .text(party), .count(counts[key] ?? 0),
                .text(content.bound.findingsSince[key].map(PageTime.text) ?? "–"),
            ]
        }
        if cause.kind == .countsDisagree, !content.bound.violations.isEmpty {
            rows.append([
                .text(say("figures do not add up", "số liệu không cộng khớp")), .text("–"),
                .count(Int64(content.bound.violations.count)), .text("–"),
            ])
        }
        return ReportTable(
            caption: say("By kind and party", "Theo loại và theo bên"),
            columns: [
                .text(say("What", "Nội dung")), .text(say("In the evidence of", "Trong bằng chứng của")),
                .number(say("Findings", "Số phát hiện")),
                .text(say("First leaf concerned", "Mục đầu tiên liên quan")),
            ], rows: rows
        ).markup
    }

    /// A line with its digests cut to eight digits.
    static func short(_ line: String) -> String {
        line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let digits = word.prefix { $0.isHexDigit }
            return digits.count == 64 ? digits.prefix(8) + "…" + word.dropFirst(64) : String(word)
        }.joined(separator: " ")
    }
}
