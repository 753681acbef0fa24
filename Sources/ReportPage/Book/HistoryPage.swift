public import HealthBook

/// What a facility is told of a patient from elsewhere, as one page of HTML that is also well-formed XML: no network, no
/// script. The same answer gives the same bytes.
public struct HistoryPage: Sendable {
    /// The page.
    public let html: String

    /// Makes the page.
    public init(_ history: PresentedHistory) {
        let head = PageStyle.head(title: "Lịch sử khám, chữa bệnh \(history.citizen)")
        var parts = [
            Markup.tag("p", ["class": "eyebrow"], text: "Closed Cycle · dữ liệu mô phỏng (synthetic data)"),
            .tag("h1", text: "Lịch sử khám, chữa bệnh ở nơi khác"),
            .tag("p", ["class": "lead"], text: "Số định danh \(history.citizen)"),
            .tag(
                "p", ["class": "about"],
                text: "Cơ sở yêu cầu \(history.facilityCode), trả lời \(PresentedBook.time(history.answeredAt))"),
        ]
        if let refusal = history.refusal {
            parts.append(.tag("p", text: "Không chia sẻ: \(refusal.code): \(refusal.rule)"))
        } else if history.isEmpty {
            parts.append(.tag("p", text: "Không có lần khám, chữa bệnh nào ở nơi khác."))
        }
        for (place, visit) in history.visits.enumerated() {
            parts.append(
                BookPage.section("Lần khám, chữa bệnh \(history.visits.count - place)", BookPage.content(visit)))
        }
        parts += BookPage.sections(history.vaccinations, history.healthChecks)
        let foot = Markup.tag(
            "footer", [:],
            [.tag("p", text: "\(history.profile.name) (\(history.profile.version)). \(history.profile.source)")])
        let page = Markup.tag(
            "html", ["lang": "vi", "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", [:], [.tag("main", ["id": "main"], parts), foot])])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }
}
