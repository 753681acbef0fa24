import Topology

/// The report as one page of HTML that is also well-formed XML: no network, no fonts of others, and nothing in it that
/// needs a script. The same content gives the same bytes.
public struct ReportPage: Sendable {
    /// The page.
    public let html: String

    /// Makes the page.
    public init(_ content: ReportContent) {
        let say = content.say
        let name = content.scenario?.name ?? content.topology.name
        let head = PageStyle.head(title: say("Audit report", "Báo cáo kiểm toán") + ": \(name) · Closed Cycle")
        let parts = ReleaseSection(content: content)
        let findings = FindingSection(content: content)
        let main = Markup.tag(
            "main", ["id": "main"],
            [
                HeadSection(content: content).markup, Self.contents(findings.entry, parts.entry, say), findings.markup,
                PendingSection(content: content).markup, FacilitySection(content: content).markup,
                FlowSection(content: content).markup, ServiceSection(content: content).markup,
                RefusalSection(content: content).markup, QualitySection(content: content).markup, parts.markup,
                AgreementSection(content: content).markup, LogSection(content: content).markup,
                DerivationSection(content: content).markup,
            ])
        let foot = Markup.tag(
            "footer", [:],
            [
                .tag(
                    "p",
                    text: say(
                        "Made by cycle audit report from the journals of the parties, without network. The same data, "
                            + "checkpoints and time give the same page, byte for byte.",
                        "Do cycle audit report lập từ nhật ký của các bên, không dùng mạng. Cùng dữ liệu, mốc kiểm tra và thời điểm "
                            + "cho ra cùng một trang, đến từng byte."))
            ])
        let page = Markup.tag(
            "html", ["lang": content.language.rawValue, "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", ["class": "report"], [main, foot, .verbatim("script", PageScript.sorting)])])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func contents(
        _ findings: [(String, String)], _ parts: [(String, String)], _ say: PageLanguage
    ) -> Markup {
        let entries =
            findings + [
                ("pending", say("Pending", "Đang chờ")),
                ("facilities", say("Provinces and facilities", "Tỉnh và cơ sở")),
                ("flow", say("Flow", "Luồng thông điệp")), ("conservation", say("Conservation", "Bảo toàn số liệu")),
                ("service", say("Service levels", "Thời hạn xử lý")), ("refusals", say("Refusals", "Từ chối")),
                ("quality", say("Quality", "Chất lượng")),
            ] + parts + [
                ("agreements", say("Agreements", "Thỏa thuận")), ("logs", say("Logs", "Nhật ký")),
                ("derivation", say("Derivation", "Cách tính lại")),
            ]
        return .tag(
            "nav", ["aria-label": say("Contents", "Mục lục")],
            [.tag("ul", [:], entries.map { .tag("li", [:], [.tag("a", ["href": "#" + $0.0], text: $0.1)]) })])
    }
}
