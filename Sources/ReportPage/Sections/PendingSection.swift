import Audit

/// What has no outcome: how old it is, who holds it, and why.
struct PendingSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        let figures = content.figures
        let title = Markup.tag("h2", text: say("Pending", "Đang chờ"))
        guard let ages = figures.pendingAges else {
            let text = say(
                "Nothing is pending: every record has an outcome.", "Không có gì đang chờ: mọi hồ sơ đều có kết quả.")
            return .tag("section", ["id": "pending"], [title, .tag("p", text: text)])
        }
        let (least, median) = (NumberText.duration(ages.min, say), NumberText.duration(ages.median, say))
        let (most, greatest) = (NumberText.duration(ages.p95, say), NumberText.duration(ages.max, say))
        let (count, time) = (NumberText.count(ages.count), PageTime.text(figures.at))
        return .tag(
            "section", ["id": "pending"],
            [
                title,
                .tag(
                    "p",
                    text: say(
                        "\(count) records have no outcome. Their ages, since each was first submitted, are counted to \(time): "
                            + "least \(least), median \(median), 95 of 100 below \(most), greatest \(greatest).",
                        "\(count) hồ sơ chưa có kết quả. Tuổi, kể từ lần gửi đầu tiên, tính đến \(time): nhỏ nhất \(least), trung "
                            + "vị \(median), 95 trên 100 hồ sơ dưới \(most), lớn nhất \(greatest).")),
                .tag(
                    "figure", [:],
                    [
                        AgeChart(histogram: figures.pendingHistogram, say: say).markup,
                        .tag(
                            "figcaption",
                            text: say(
                                "Pending records by age, each counted in one class.",
                                "Hồ sơ đang chờ theo tuổi, mỗi hồ sơ đếm trong một nhóm.")),
                    ]), table,
            ])
    }

    private var table: Markup {
        ReportTable(
            caption: say("Where pending records wait, and for what", "Hồ sơ đang chờ ở đâu và chờ gì"),
            columns: [.text(say("Held by", "Nơi giữ")), .text(say("Why", "Lý do")), .number(say("Records", "Hồ sơ"))]
                + [.text(say("There since", "Tại đó từ"))]
                + [say("Least", "Ít nhất"), say("Median", "Trung vị"), "p95", say("Most", "Nhiều nhất")].map {
                    .number($0)
                }
                + AgeClass.allCases.map { .number(FindingWords.text($0, say)) },
            rows: content.figures.waiting.map { entry in
                [
                    .text(content.title(entry.party)),
                    .text(FindingWords.text(entry.cause, say) + (entry.type.isEmpty ? "" : " (\(entry.type))")),
                    .count(entry.ages.count, style: "waits"), .text(entry.since.map(PageTime.minute) ?? "–"),
                    .duration(entry.ages.min, say), .duration(entry.ages.median, say), .duration(entry.ages.p95, say),
                    .duration(entry.ages.max, say),
                ] + entry.histogram.map { .count($0) }
            }
        ).markup
    }
}
