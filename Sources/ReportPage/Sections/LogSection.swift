import Audit

/// Each log, the checkpoint that binds the figures, and who has cosigned it; the auditor's own among them.
struct LogSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        .tag(
            "section", ["id": "logs"],
            [
                .tag("h2", text: say("Logs and checkpoints", "Nhật ký và mốc kiểm tra")),
                .tag(
                    "p",
                    text: say(
                        "All figures of this page are counted from the leaves that the parties’ signed checkpoints cover, and "
                            + "from no other. Each log is a Merkle tree by RFC 6962 with SHA-256; a checkpoint is a C2SP "
                            + "signed note and can be checked with any tool that reads one.",
                        "Mọi số liệu của trang này được đếm từ các mục mà mốc kiểm tra đã ký của các bên bao trùm, và chỉ từ đó. Mỗi nhật "
                            + "ký là một cây Merkle theo RFC 6962 với SHA-256; mốc kiểm tra là bản ghi có chữ ký theo C2SP, có thể kiểm "
                            + "tra bằng bất kỳ công cụ nào đọc được.")),
            ] + content.bound.bindings.map { log($0, []) } + auditor)
    }

    /// The log of the auditor, from which no figure is counted.
    private var auditor: [Markup] {
        guard let binding = content.bound.auditor else {
            return [
                .tag(
                    "p",
                    text: say(
                        "No auditor keeps a log of this exchange.",
                        "Không có bên giám sát nào ghi nhật ký của hệ thống này."))
            ]
        }
        guard let seen = content.bound.verification.observed else { return [log(binding, [])] }
        let (count, sent) = (NumberText.count(seen.seen), NumberText.count(seen.sent))
        let receipts = NumberText.count(seen.receipts)
        var words = [
            say(
                "\(count) of \(sent) messages that parties sent, and \(receipts) receipts at their places",
                "\(count) trên \(sent) thông điệp các bên đã gửi, và \(receipts) lần nhận đúng vị trí")
        ]
        if seen.outside > 0 {
            words.append("\(NumberText.count(seen.outside)) " + say("from outside", "từ bên ngoài"))
        }
        if seen.unobserved > 0 {
            words.append("\(NumberText.count(seen.unobserved)) " + say("not seen", "không thấy"))
        }
        if seen.erased > 0 {
            words.append("\(NumberText.count(seen.erased)) " + say("records erased", "hồ sơ đã xóa"))
        }
        return [log(binding, [(say("Saw", "Đã thấy"), Markup(words.joined(separator: "; ")))])]
    }

    private func log(_ binding: CheckpointBinding, _ more: [(String, Markup)]) -> Markup {
        guard binding.size > 0 else {
            return .tag(
                "div", ["class": "log"],
                [
                    .tag("h3", text: content.title(binding.party)),
                    .tag(
                        "p",
                        text: say(
                            "No checkpoint that early: no leaf of this party is counted.",
                            "Chưa có mốc kiểm tra nào sớm như vậy: không đếm mục nào của bên này.")),
                ])
        }
        let after = binding.leaves - binding.size
        let now = NumberText.count(binding.leaves)
        let entries: [(String, Markup)] =
            [
                (
                    say("Leaves covered", "Số mục được bao trùm"),
                    Markup(
                        NumberText.count(binding.size)
                            + (after > 0
                                ? say(", of \(now) now", ", trên \(now) hiện có")
                                : say(", all that there are", ", là tất cả")))
                ), (say("Last leaf", "Mục cuối cùng"), .tag("time", text: PageTime.text(binding.clock))),
                (
                    say("Cosigned by", "Được xác nhận bởi"),
                    Markup(cosigners(binding))
                ),
            ] + more
        let hashes: [(String, Markup)] = [
            (say("Root", "Gốc"), .tag("code", ["class": "long"], text: binding.root)),
            (say("Signed with", "Ký bằng"), .tag("code", ["class": "long"], text: binding.key)),
        ]
        let label = say("Checkpoint of \(binding.party)", "Mốc kiểm tra của \(binding.party)")
        return .tag(
            "div", ["class": "log"],
            [
                .tag("h3", text: content.title(binding.party)), facts(entries),
                .tag(
                    "details", [:],
                    [
                        .tag("summary", text: say("Root, key and signed note", "Gốc, khóa và bản ghi đã ký")),
                        facts(hashes),
                        .tag("pre", ["class": "note", "aria-label": label, "tabindex": "0"], text: binding.note),
                    ]),
            ])
    }

    /// Who has cosigned this checkpoint or, where nobody has, the latest before it that somebody has: the auditor's last
    /// leaves are those on the last cosignatures themselves.
    private func cosigners(_ binding: CheckpointBinding) -> String {
        guard binding.cosignedBy.isEmpty else {
            return binding.cosignedBy.map { String($0.split(separator: "/").last ?? "") }.joined(separator: ", ")
        }
        let party = content.bound.verification.parties.first { $0.party == binding.party }
        guard let party, !party.cosigners.isEmpty, (1...binding.size).contains(party.cosignedLeaves) else {
            return say("nobody", "không ai")
        }
        let (names, leaves) = (party.cosigners.joined(separator: ", "), NumberText.count(party.cosignedLeaves))
        return say("\(names), up to \(leaves) leaves", "\(names), đến \(leaves) mục")
    }

    private func facts(_ entries: [(String, Markup)]) -> Markup {
        .tag(
            "dl", ["class": "facts log-facts"],
            entries.map { .tag("div", [:], [.tag("dt", text: $0.0), .tag("dd", [:], [$0.1])]) })
    }
}
