public import HealthBook

/// One look into a book.
public struct BookLook: Sendable, Equatable, Codable {
    /// Who.
    public var who: String
    /// What was done, as the command is called.
    public var action: String
    /// Why, in the person's words.
    public var purpose: String
    /// When; Unix milliseconds.
    public var time: Int64

    /// Takes all fields.
    public init(who: String, action: String, purpose: String, time: Int64) {
        self.who = who
        self.action = action
        self.purpose = purpose
        self.time = time
    }
}

/// A citizen's book as one page of HTML that is also well-formed XML: no network, no script. The same book gives the same
/// bytes.
public struct BookPage: Sendable {
    /// The page.
    public let html: String

    /// Makes the page.
    /// - Parameter looks: Who looked into what is shown, oldest first; nil where the reader is not told.
    public init(_ book: PresentedBook, looks: [BookLook]?) {
        let head = PageStyle.head(title: "Sổ sức khỏe điện tử \(book.citizen)")
        var parts = [
            Markup.tag("p", ["class": "eyebrow"], text: "Closed Cycle · dữ liệu mô phỏng (synthetic data)"),
            .tag("h1", text: "Sổ sức khỏe điện tử"), .tag("p", ["class": "lead"], text: Self.numbers(book)),
        ]
        if let time = book.enrolledAt {
            parts.append(
                .tag("p", ["class": "about"], text: "Sổ mở trước lần khám đầu tiên: \(PresentedBook.time(time))"))
        }
        parts += [.tag("h2", text: "Hành chính"), Self.facts(book.administrative)]
        for (place, visit) in book.visits.enumerated() {
            parts.append(
                Self.section("Lần khám, chữa bệnh \(book.visits.count - place)", Self.content(visit)))
        }
        parts += Self.sections(book.vaccinations, book.healthChecks)
        if book.isBlank {
            parts.append(.tag("p", text: "Sổ đã mở, chưa có lần khám, chữa bệnh nào."))
        } else if book.isEmpty {
            parts.append(.tag("p", text: "Không có lần khám, chữa bệnh nào đang có hiệu lực."))
        }
        for past in book.past ?? [] {
            let content =
                past.visit.map(Self.content) ?? past.vaccination.map(Self.content)
                ?? past.healthCheck.map(Self.content)
            parts.append(Self.section(Self.title(past), content ?? []))
        }
        if let looks {
            let rows = looks.map { [PresentedBook.time($0.time), $0.who, $0.action, $0.purpose] }
            parts.append(
                Self.section(
                    "Ai đã xem, vì sao", [Self.table(["Thời điểm", "Người xem", "Việc", "Mục đích"], rows)]))
        }
        let foot = Markup.tag(
            "footer", [:],
            [.tag("p", text: "\(book.profile.name) (\(book.profile.version)). \(book.profile.source)")])
        let page = Markup.tag(
            "html", ["lang": "vi", "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", [:], [.tag("main", ["id": "main"], parts), foot])])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func numbers(_ book: PresentedBook) -> String {
        let former = book.formerNumbers.joined(separator: ", ")
        return "Số định danh " + book.citizen + (former.isEmpty ? "" : " (trước đây: \(former))")
    }

    private static func title(_ past: PresentedBook.Past) -> String {
        let state = past.state == "withdrawn" ? "Đã rút" : "Đã thay thế"
        let why = past.reason.map { ": \($0)" } ?? ""
        return "\(state), bản \(past.source.revision), \(PresentedBook.time(past.until))\(why)"
    }

    static func section(_ title: String, _ content: [Markup]) -> Markup {
        .tag("section", [:], [.tag("h2", text: title)] + content)
    }

    static func content(_ visit: PresentedBook.Visit) -> [Markup] {
        var parts = [facts(visit.fields + visit.summary)]
        for (title, rows) in [("Thuốc", visit.drugs), ("Dịch vụ", visit.services), ("Kết quả", visit.results)] {
            parts += content(title, rows)
        }
        return parts + [.tag("h3", text: "Nguồn"), table(of: visit.sources)]
    }

    /// A section for each kind of record beside visits that the book has.
    static func sections(_ doses: [PresentedBook.Dose], _ checks: [PresentedBook.Check]) -> [Markup] {
        (doses.isEmpty ? [] : [section("Tiêm chủng", doses.flatMap(content))])
            + (checks.isEmpty ? [] : [section("Khám sức khỏe", checks.flatMap(content))])
    }

    private static func content(_ dose: PresentedBook.Dose) -> [Markup] {
        [facts(dose.fields), table(of: dose.sources)]
    }

    private static func content(_ check: PresentedBook.Check) -> [Markup] {
        [facts(check.fields)] + content("Kết quả", check.results) + [table(of: check.sources)]
    }

    private static func content(_ title: String, _ rows: [PresentedBook.Line]) -> [Markup] {
        guard !rows.isEmpty else { return [] }
        return [
            .tag("h3", text: title),
            table(
                ["Thời điểm", "Tên", "Giá trị", "Cơ sở"],
                rows.map { [$0.time, $0.name, $0.value, $0.facilityCodes.joined(separator: ", ")] }),
        ]
    }

    private static func table(of sources: [PresentedBook.Source]) -> Markup {
        table(
            ["Cơ sở", "Hồ sơ", "Bản", "Xác thực"],
            sources.map {
                [$0.facilityCode, $0.record, String($0.revision), PresentedBook.time($0.authenticatedAt)]
            })
    }

    /// Fields with the Vietnamese name, and that of Decision 130 beside it.
    private static func facts(_ fields: [PresentedBook.Field]) -> Markup {
        .tag(
            "dl", ["class": "facts"],
            fields.map { field in
                .tag(
                    "div", [:],
                    [.tag("dt", ["title": field.name], text: field.label), .tag("dd", text: field.value)])
            })
    }

    private static func table(_ heads: [String], _ rows: [[String]]) -> Markup {
        .tag(
            "div", ["class": "scroll"],
            [
                .tag(
                    "table", [:],
                    [
                        .tag("thead", [:], [.tag("tr", [:], heads.map { .tag("th", ["scope": "col"], text: $0) })]),
                        .tag("tbody", [:], rows.map { .tag("tr", [:], $0.map { .tag("td", text: $0) }) }),
                    ])
            ])
    }
}
