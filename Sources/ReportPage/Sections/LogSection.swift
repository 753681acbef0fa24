import Audit

/// Each log, the checkpoint that binds the figures, and who has cosigned it.
struct LogSection {
    let content: ReportContent

    var markup: Markup {
        .tag(
            "section", ["id": "logs"],
            [
                .tag("h2", text: "Logs and checkpoints"),
                .tag(
                    "p",
                    text:
                        "All figures of this page are counted from the leaves that these signed checkpoints cover, and "
                        + "from no other. Each log is a Merkle tree by RFC 6962 with SHA-256; a checkpoint is a C2SP "
                        + "signed note and can be checked with any tool that reads one."),
            ] + content.bound.bindings.map(log))
    }

    private func log(_ binding: CheckpointBinding) -> Markup {
        guard binding.size > 0 else {
            return .tag(
                "div", ["class": "log"],
                [
                    .tag("h3", text: content.title(binding.party)),
                    .tag("p", text: "No checkpoint that early: no leaf of this party is counted."),
                ])
        }
        let after = binding.leaves - binding.size
        let entries: [(String, Markup)] = [
            (
                "Leaves covered",
                Markup(
                    NumberText.count(binding.size)
                        + (after > 0 ? ", of \(NumberText.count(binding.leaves)) now" : ", all that there are"))
            ), ("Last leaf", .tag("time", text: AuditClock.text(binding.clock))),
            ("Root", .tag("code", ["class": "long"], text: binding.root)),
            ("Signed with", .tag("code", ["class": "long"], text: binding.key)),
            (
                "Cosigned by",
                Markup(
                    binding.cosignedBy.isEmpty
                        ? "nobody"
                        : binding.cosignedBy.map { String($0.split(separator: "/").last ?? "") }.joined(separator: ", ")
                )
            ),
        ]
        return .tag(
            "div", ["class": "log"],
            [
                .tag("h3", text: content.title(binding.party)),
                .tag(
                    "dl", ["class": "facts log-facts"],
                    entries.map { .tag("div", [:], [.tag("dt", text: $0.0), .tag("dd", [:], [$0.1])]) }),
                .tag(
                    "pre", ["class": "note", "aria-label": "Checkpoint of \(binding.party)", "tabindex": "0"],
                    text: binding.note),
            ])
    }
}
