import Audit

/// How things stand, at the very top: a word and a sign for it, each cause in one sentence, and who has to act.
struct VerdictSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        let verdict = content.verdict
        let parts =
            [line(verdict)] + (verdict.causes.isEmpty ? [] : [causes(verdict.causes)])
            + [evidence, about(verdict)]
        return .tag("div", ["class": "verdict \(verdict.level.rawValue)", "role": "status"], parts)
    }

    private func line(_ verdict: ReportVerdict) -> Markup {
        .tag(
            "p", ["class": "verdict-line"],
            [Self.sign(verdict.level), .tag("strong", text: headline(verdict))])
    }

    /// A sign that says the same as the colour.
    static func sign(_ level: ReportVerdict.Level) -> Markup {
        let sign = level == .red ? "✕" : level == .amber ? "!" : "✓"
        return .tag("span", ["class": "sign", "aria-hidden": "true"], text: sign)
    }

    /// The word for a colour, and what it means.
    static func word(_ level: ReportVerdict.Level, _ say: PageLanguage) -> String {
        switch level {
        case .red: say("Red", "Đỏ")
        case .amber: say("Amber", "Vàng")
        case .green: say("Green", "Xanh")
        }
    }

    private func headline(_ verdict: ReportVerdict) -> String {
        let word = Self.word(verdict.level, say)
        let count = verdict.causes.count
        return switch verdict.level {
        case .green: say("\(word): nothing is the matter", "\(word): không có vấn đề gì")
        case .amber:
            count == 1
                ? say("\(word): one thing does not get on", "\(word): có một việc không tiến triển")
                : say("\(word): \(count) things do not get on", "\(word): có \(count) việc không tiến triển")
        case .red:
            count == 1
                ? say("\(word): one thing is wrong", "\(word): có một sai phạm")
                : say(
                    "\(word): \(verdict.causes.count { $0.kind.level == .red }) of \(count) things below are wrong",
                    "\(word): trong \(count) việc dưới đây có \(verdict.causes.count { $0.kind.level == .red }) sai phạm"
                )
        }
    }

    private func causes(_ causes: [VerdictCause]) -> Markup {
        .tag(
            "ol", ["class": "causes"],
            causes.map { cause in
                let words = CauseWords(cause: cause, names: content.names)
                return .tag(
                    "li", ["class": cause.kind.level.rawValue],
                    [
                        Self.sign(cause.kind.level), .tag("strong", [:], [Markup(words.sentence)]),
                        .tag(
                            "span", ["class": "act"],
                            [
                                Markup(say("To act: ", "Cần hành động: ")),
                                .tag("span", ["class": "who"], text: words.actors),
                                Markup(" – " + words.action),
                            ]),
                    ])
            })
    }

    /// Whether what the figures rest on holds, in its own sentence.
    private var evidence: Markup {
        let bound = content.bound
        let findings = bound.verification.counts.values.reduce(0, +) + Int64(bound.violations.count)
        return .tag(
            "p", [:],
            text: bound.holds
                ? say(
                    "All evidence holds: every journal, every signed checkpoint and every message between the parties was "
                        + "checked; submitted = shared + refused + pending + withdrawn at every party, on every hop and for "
                        + "every facility.",
                    "Mọi bằng chứng đều đứng vững: từng nhật ký, từng mốc đã ký và từng thông điệp giữa các bên đã được kiểm "
                        + "tra; đã gửi = đã chia sẻ + bị từ chối + đang chờ + đã rút, tại mỗi bên, trên mỗi chặng và với mỗi cơ sở."
                )
                : say(
                    "Not all evidence holds: \(NumberText.count(findings)) findings. Figures below are counted from leaves as "
                        + "they lie there; read them together with the findings.",
                    "Không phải mọi bằng chứng đều đứng vững: \(NumberText.count(findings)) phát hiện. Số liệu dưới đây được "
                        + "đếm từ các mục đúng như hiện có; hãy đọc cùng với các phát hiện."))
    }

    private func about(_ verdict: ReportVerdict) -> Markup {
        .tag(
            "p", ["class": "about"],
            text: say(
                "Ages run to \(PageTime.text(verdict.time)). A record stands still from "
                    + "\(NumberText.duration(verdict.standsStillAfter, say)) without an outcome (simulator-defined), or at once where "
                    + "an agreement holds it. The topology sets no service levels; the documented ones that leaves can show are "
                    + "listed under “Service levels”.",
                "Tuổi tính đến \(PageTime.text(verdict.time)). Hồ sơ bị coi là đình trệ khi sau "
                    + "\(NumberText.duration(verdict.standsStillAfter, say)) chưa có kết quả (do chương trình mô phỏng đặt ra), hoặc "
                    + "ngay khi bị một thỏa thuận giữ lại. Cấu hình không đặt thời hạn xử lý; các thời hạn theo văn bản mà nhật ký cho "
                    + "thấy được liệt kê ở mục “Thời hạn xử lý”."))
    }
}
