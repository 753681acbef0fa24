import Topology

/// The report as one page of HTML that is also well-formed XML: no network, no fonts of others, and nothing in it that
/// needs a script. The same content gives the same bytes.
public struct ReportPage: Sendable {
    /// The page.
    public let html: String

    /// Makes the page.
    public init(_ content: ReportContent) {
        let name = content.scenario?.name ?? content.topology.name
        let head = PageStyle.head(title: "Audit report: \(name) · Closed Cycle")
        let parts = ReleaseSection(content: content)
        let main = Markup.tag(
            "main", ["id": "main"],
            [
                HeadSection(content: content).markup, Self.contents(parts.entry), FlowSection(content: content).markup,
                PendingSection(content: content).markup, RefusalSection(content: content).markup,
                QualitySection(content: content).markup, parts.markup, AgreementSection(content: content).markup,
                LogSection(content: content).markup, DerivationSection(content: content).markup,
            ])
        let foot = Markup.tag(
            "footer", [:],
            [
                .tag(
                    "p",
                    text:
                        "Made by cycle audit report from the journals of the parties, without network. The same data and "
                        + "checkpoints give the same page, byte for byte.")
            ])
        let page = Markup.tag(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", [:], [main, foot, .verbatim("script", PageScript.sorting)])])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func contents(_ more: [(String, String)]) -> Markup {
        let entries =
            [
                ("flow", "Flow"), ("conservation", "Conservation"), ("pending", "Pending"), ("refusals", "Refusals"),
                ("facilities", "Facilities"), ("quality", "Quality"), ("service", "Service levels"),
            ] + more + [
                ("agreements", "Agreements"), ("logs", "Logs"), ("derivation", "Derivation"),
            ]
        return .tag(
            "nav", ["aria-label": "Contents"],
            [.tag("ul", [:], entries.map { .tag("li", [:], [.tag("a", ["href": "#" + $0.0], text: $0.1)]) })])
    }
}
