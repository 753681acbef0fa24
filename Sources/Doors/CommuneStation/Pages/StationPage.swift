import DoorHouse

/// The frame of a station's pages.
struct StationPage {
    var say: Language
    var paths: StationPaths
    var account: StationAccount?
    var title: String
    /// As HTML.
    var body: String
    /// The page in the other language; nil where the form itself changes it, so that nothing typed is lost.
    var otherLanguage: String?

    var html: String {
        var links: [String] = []
        if account != nil {
            links = [
                Self.link(paths.home(say), say("Hồ sơ của trạm", "The station's records")),
                Self.link(paths.lookUp(say), say("Tra cứu người bệnh", "Look a person up")),
                Self.link(paths.form(.visit, say), say("Nhập lượt khám", "Enter a visit")),
                Self.link(paths.form(.vaccination, say), say("Nhập tiêm chủng", "Enter a vaccination")),
            ]
        }
        if let otherLanguage {
            let other = say.other
            links.append(
                "<a href=\"\(EscapedText.of(otherLanguage))\" lang=\"\(other.rawValue)\" hreflang=\"\(other.rawValue)\">\(other.ownName)</a>"
            )
        }
        let who = account.map {
            "<p>\(EscapedText.of(say("Trạm y tế", "Commune station"))) \(EscapedText.of($0.facility)) · \(EscapedText.of($0.officer))</p>"
        }
        return FormPage.document(
            language: say.rawValue, title: title,
            body: """
                <a class="skip" href="#main">\(say("Đến nội dung", "To the content"))</a>
                <header>\(who ?? "")<nav aria-label="\(say("Trang", "Pages"))"><ul>\(links.map { "<li>\($0)</li>" }.joined())</ul></nav></header>
                <main id="main"><h1>\(EscapedText.of(title))</h1>
                \(body)
                </main>
                """)
    }

    static func link(_ address: String, _ text: String) -> String {
        "<a href=\"\(EscapedText.of(address))\">\(EscapedText.of(text))</a>"
    }

    static func paragraph(_ text: String) -> String { "<p>\(EscapedText.of(text))</p>\n" }

    /// What must be read first.
    static func alert(_ html: String) -> String { "<div role=\"alert\" tabindex=\"-1\" autofocus>\(html)</div>\n" }

    /// Terms and what they are, without those of which nothing is said.
    static func terms(_ terms: [(String, String)]) -> String {
        let lines = terms.filter { !$0.1.isEmpty }.map {
            "<dt>\(EscapedText.of($0.0))</dt><dd>\(EscapedText.of($0.1))</dd>"
        }
        return lines.isEmpty ? "" : "<dl>\(lines.joined())</dl>\n"
    }
}
