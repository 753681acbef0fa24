extension Reconciliation {
    /// For people.
    public var text: String {
        var lines = ["exchange \(exchange), ages at \(AuditClock.text(figures.at))"]
        if let takenAt {
            lines.append("running: as of \(AuditClock.text(takenAt)), each party as of its last commit")
            let signed = (checkpoints ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append("leaves under their checkpoints of that moment: " + signed.joined(separator: ", "))
        }
        lines += outside.map { "\($0): outside, keeps no journal here" } + [""]
        lines += table(
            [["party", "submitted", "shared", "refused", "pending", "withdrawn", "held", "leaves"]]
                + figures.parties.map {
                    [$0.party]
                        + [$0.submitted, $0.shared, $0.refused, $0.pending, $0.withdrawn, $0.held, $0.leaves].map(
                            String.init)
                })
        lines.append("")
        lines += table(
            [["hop", "reader", "sent", "received", "refused", "pending", "held", "dead letters"]]
                + figures.hops.map {
                    [$0.topic, $0.reader]
                        + [$0.sent, $0.received, $0.refused, $0.pending, $0.held, $0.deadLetters].map(String.init)
                })
        lines += facilityLines + waitingLines
        lines += strays.filter { $0.strays == 0 }.map(\.line)
        lines += violations.map { "VIOLATED  \($0)" }
        for entry in disagreements {
            lines.append(
                "\(entry.kind.rawValue): record \(entry.record ?? "unknown"), message \(entry.message): \(entry.text)")
            lines += entry.evidence.map { "    \($0.line)" }
        }
        // What is about a message is listed above, with the leaves of both sides.
        let named = Set(disagreements.map(\.message))
        lines += findings.filter { !($0.message.map(named.contains) ?? false) }.map(\.line)
        lines.append(
            agrees
                ? "all parties agree"
                : "NOT all parties agree: \(violations.count) violations, \(findings.count) findings")
        return lines.joined(separator: "\n")
    }

    private var facilityLines: [String] {
        guard !figures.facilities.isEmpty else { return [] }
        let most = 20
        var lines = [""]
        lines += table(
            [["facility", "submitted", "shared", "refused", "pending", "withdrawn", "corrected"]]
                + figures.facilities.prefix(most).map {
                    [$0.facility]
                        + [$0.submitted, $0.shared, $0.refused, $0.pending, $0.withdrawn, $0.corrected].map(
                            String.init)
                })
        let more = figures.facilities.count - most
        if more > 0 { lines.append("and \(more) more facilities, all of them with --json") }
        return lines
    }

    private var waitingLines: [String] {
        guard !figures.waiting.isEmpty else { return ["", "nothing is pending"] }
        let classes = AgeClass.allCases.map(\.text)
        return [""]
            + table(
                [["pending at", "why", "records", "min s", "median s", "p95 s", "max s"] + classes]
                    + figures.waiting.map { entry in
                        let ages = entry.ages
                        return [entry.party, entry.cause.text + (entry.type.isEmpty ? "" : " (\(entry.type))")]
                            + ["\(ages.count)"]
                            + [ages.min, ages.median, ages.p95, ages.max].map(Self.seconds)
                            + entry.histogram.map(String.init)
                    })
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        let tenths = (milliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Columns as wide as their longest cell, numbers to the right.
    private func table(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                let isNumber = rows.dropFirst().allSatisfy { $0[column].first?.isNumber ?? false }
                return isNumber ? space + cell : cell + space
            }.joined(separator: "  ")
        }.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
    }
}
