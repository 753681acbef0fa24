import DoorHouse
import ExchangeSchema
import HealthStandards

/// The form by which a record is entered or amended.
struct EntryPage {
    /// What the form does.
    enum Purpose: Equatable {
        case enter
        /// Sends the record as this revision.
        case amend(revision: UInt32)

        /// What its seal is for.
        func sealed(_ typed: TypedRecord) -> String {
            switch self {
            case .enter: "enter \(typed.kind.rawValue) \(typed.number)"
            case .amend(let revision): "amend \(typed.kind.rawValue) \(typed.number) \(revision)"
            }
        }
    }

    var say: Language
    var paths: StationPaths
    var account: StationAccount
    var purpose: Purpose
    var typed: TypedRecord
    var seal: String
    var faults: [JudgedRecord.Fault] = []
    /// What the list of faults is called; nil for that nothing was sent.
    var faultsTitle: String?
    /// What must be read before; as HTML.
    var notice = ""
    /// Rows beyond those with something in them.
    var moreRows: VisitTable?

    var html: String {
        let kind = typed.kind.name(say)
        let action = purpose == .enter ? say("Nhập", "Enter a") : say("Sửa", "Amend a")
        let title = (faults.isEmpty ? "" : say("Có lỗi: ", "Errors: ")) + "\(action) \(kind)"
        return StationPage(
            say: say, paths: paths, account: account, title: title,
            body: summary + (notice.isEmpty ? "" : StationPage.alert(notice)) + form
        ).html
    }

    private var form: String {
        var parts = [
            "<form method=\"post\" action=\"\(address(say))\" novalidate>",
            FormField.hidden("number", typed.number), FormField.hidden("seal", seal),
        ]
        if case .amend(let revision) = purpose { parts.append(FormField.hidden("revision", "\(revision)")) }
        parts.append(
            StationPage.paragraph(
                say("Số hồ sơ (MA_LK): ", "Number of the record (MA_LK): ") + typed.number))
        for section in TypedRecord.sections(typed.kind) {
            parts.append(fieldset(say(section.vietnamese, section.english), section.fields))
        }
        if typed.kind == .visit { for table in VisitFields.rowTables { parts.append(rows(table)) } }
        parts.append("<p>\(button("send", say("Gửi hồ sơ", "Send the record"), address(say)))</p>\n<p>")
        if typed.kind == .visit {
            for table in VisitFields.rowTables {
                let name = VisitFields.rowName(table, say).lowercased()
                parts.append(
                    button("more-\(table.rawValue)", say("Thêm dòng: ", "One more row: ") + name, address(say)))
            }
        }
        parts.append(
            button(
                "show", say.other("Xem biểu mẫu bằng tiếng Việt", "Show this form in English"), address(say.other),
                say.other))
        parts.append("</p></form>")
        return parts.joined(separator: "\n")
    }

    private func address(_ say: Language) -> String {
        purpose == .enter ? paths.form(typed.kind, say) : paths.amend(say)
    }

    private func button(_ value: String, _ words: String, _ address: String, _ language: Language? = nil) -> String {
        "<button type=\"submit\" name=\"do\" value=\"\(value)\" formaction=\"\(address)\"\(language.map { " lang=\"\($0.rawValue)\"" } ?? "")>\(EscapedText.of(words))</button>"
    }

    private func fieldset(_ legend: String, _ fields: [StationField]) -> String {
        "<fieldset><legend>\(EscapedText.of(legend))</legend><div class=\"fields\">\n"
            + fields.map { field in
                field.form(
                    typed[field.name], faults: faults.filter { $0.input == field.name }.map { $0.words(say) }, say
                ).html
            }.joined() + "</div></fieldset>"
    }

    private func rows(_ table: VisitTable) -> String {
        let count = min(typed.rows(of: table) + (moreRows == table ? 1 : 0), VisitFields.mostRows)
        return (1...count).map { number in
            var fields = VisitFields.row(table, number)
            // A row without anything in it does not go, and asks for nothing.
            if fields.allSatisfy({ typed[$0.name].isEmpty }) {
                for place in fields.indices { fields[place].isRequired = false }
            }
            return fieldset(
                "\(VisitFields.rowName(table, say)) \(number) (\(table.rawValue)); "
                    + say("để trống nếu không có", "blank where there is none"), fields)
        }.joined(separator: "\n")
    }

    /// All that is wrong, with a link to each field.
    private var summary: String {
        guard !faults.isEmpty else { return "" }
        let labels = Self.labels(typed, say)
        let items = faults.map { fault in
            let words = "\(labels[fault.input] ?? fault.place(say)): \(fault.short(say))"
            return "<li>"
                + (fault.input.isEmpty ? EscapedText.of(words) : StationPage.link("#\(fault.input)", words)) + "</li>"
        }
        let title = faultsTitle ?? say("Chưa gửi, có \(faults.count) lỗi", "Not sent: \(faults.count) errors")
        return StationPage.alert("<h2>\(EscapedText.of(title))</h2><ul>\(items.joined())</ul>")
    }

    private static func labels(_ typed: TypedRecord, _ say: Language) -> [String: String] {
        var labels: [String: String] = [:]
        for field in TypedRecord.sections(typed.kind).flatMap(\.fields) {
            labels[field.name] = say(field.vietnamese, field.english)
        }
        guard typed.kind == .visit else { return labels }
        for table in VisitFields.rowTables {
            for number in 1...typed.rows(of: table) {
                for field in VisitFields.row(table, number) {
                    labels[field.name] =
                        "\(VisitFields.rowName(table, say)) \(number), \(say(field.vietnamese, field.english))"
                }
            }
        }
        return labels
    }
}

extension JudgedRecord.Fault {
    /// What is wrong, without where.
    func short(_ say: Language) -> String {
        (finding.value.map { "\"\($0)\" " } ?? "") + say(finding.vietnamese, finding.english)
    }

    /// Table, row and field.
    func place(_ say: Language) -> String {
        var parts: [String] = []
        if let table = finding.table { parts.append(say("bảng \(table)", "table \(table)")) }
        if let row = finding.row, finding.table != "XML1" { parts.append(say("dòng \(row)", "row \(row)")) }
        if let field = finding.field { parts.append(say("trường \(field)", "field \(field)")) }
        return parts.joined(separator: ", ")
    }

    /// All of it.
    func words(_ say: Language) -> String {
        "\(short(say)) (\(place(say)); \(finding.rule); \(say("nguồn", "source")): \(finding.source))"
    }
}
