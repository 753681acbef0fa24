import Audit

/// Quality of what is submitted.
struct QualitySection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        .tag(
            "section", ["id": "quality"],
            [
                .tag("h2", text: say("Quality", "Chất lượng")),
                ReportTable(
                    caption: say("Quality of submission", "Chất lượng hồ sơ gửi"),
                    columns: [
                        .text(say("Figure", "Chỉ tiêu")), .number(say("Value", "Giá trị")),
                        .text(say("Meaning", "Ý nghĩa")),
                    ], rows: submission + effects
                ).markup,
            ])
    }

    private func row(_ name: String, _ value: String, _ note: String) -> [ReportTable.Cell] {
        [.text(name), .text(value), .text(note)]
    }

    private func both(_ durations: DurationFigures?) -> String {
        guard let durations else { return "–" }
        let (median, most) = (NumberText.duration(durations.median, say), NumberText.duration(durations.p95, say))
        return say("\(median) median, \(most) p95", "\(median) trung vị, \(most) p95")
    }

    private var submission: [[ReportTable.Cell]] {
        let quality = content.figures.quality
        let submitted = content.figures.total.submitted
        let (first, all) = (NumberText.count(quality.firstTime), NumberText.count(submitted))
        let again = NumberText.count(quality.resubmitted)
        return [
            row(
                say("Accepted at first", "Được nhận ngay lần đầu"),
                NumberText.percent(quality.firstTime, of: submitted, say),
                say(
                    "\(first) of \(all) submitted records are in the book in their first revision",
                    "\(first) trên \(all) hồ sơ đã gửi vào sổ ngay ở lần gửi đầu")),
            row(
                say("Corrected after refusal", "Đã sửa sau khi bị từ chối"), NumberText.count(quality.corrected),
                say(
                    "in the book in a later revision; \(again) later revisions were submitted",
                    "vào sổ ở lần gửi sau; có \(again) lần gửi sau")),
            row(
                say("Time to resubmission", "Thời gian đến khi gửi lại"), both(quality.toResubmission),
                say("from the correction to the next revision", "từ khi bị trả lại đến lần gửi tiếp theo")),
            row(
                say("Time to the book after refusal", "Thời gian vào sổ sau khi bị từ chối"), both(quality.toCorrected),
                say(
                    "from the first correction to the entry’s receipt at the locality",
                    "từ lần trả lại đầu tiên đến khi địa phương nhận được mục sổ")),
        ]
    }

    private var effects: [[ReportTable.Cell]] {
        let quality = content.figures.quality
        return [
            row(
                say("Copies", "Bản sao"), NumberText.count(quality.copies),
                say(
                    "received again at some party, and without a second effect",
                    "nhận lại ở một bên nào đó, không có tác dụng lần hai")),
            row(
                say("Dead letters", "Thư chết"), NumberText.count(quality.deadLetters),
                say("messages that a party could not read", "thông điệp mà một bên không đọc được")),
            row(
                say("Wrong matches", "Đối chiếu sai người"),
                quality.wrongMatches.map(NumberText.count) ?? say("not known", "không biết"),
                quality.wrongMatches == nil
                    ? say(
                        "the true person behind a record is known only where visits are computed",
                        "chỉ biết người thật của hồ sơ khi lượt khám do chương trình sinh ra")
                    : say(
                        "records in the book of another person, by the known truth of the synthetic population",
                        "hồ sơ nằm trong sổ của người khác, theo sự thật đã biết của dân số tổng hợp")),
        ]
    }
}
