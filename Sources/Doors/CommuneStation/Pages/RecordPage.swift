import DoorHouse
import ExchangeSchema

/// One record: how it stands, and what was sent.
struct RecordPage {
    var say: Language
    var paths: StationPaths
    var account: StationAccount
    var entry: EntryStore.Entry
    var standing: VisitStanding

    var html: String {
        let number = entry.number
        let words = StandingWords(standing, say)
        var body = StationPage.terms([
            (say("Số hồ sơ (MA_LK)", "Number (MA_LK)"), number),
            (say("Mã bản ghi", "Record"), standing.recordID), (say("Tình trạng", "State"), words.state),
            (say("Nghĩa là", "That means"), words.meaning),
            (say("Mã từ chối", "Code of the refusal"), words.refusal?.code ?? ""),
            (say("Trường", "Field"), words.refusal?.field ?? ""),
            (say("Giá trị", "Value"), words.refusal?.value ?? ""),
            (say("Lý do", "Rule"), words.refusal?.rule ?? ""), (say("Bảo hiểm", "Insurance"), words.insurance ?? ""),
        ])
        if standing.revision > entry.revision, standing.phase != .withdrawn {
            body += StationPage.paragraph(
                say(
                    "Hồ sơ đã được sửa ở nơi khác sau khi nhập tại đây; dưới đây là nội dung đã nhập tại đây.",
                    "It has been changed elsewhere since it was entered here; below stands what was entered here."))
        }
        if entry.offer != nil {
            body += StationPage.paragraph(
                say(
                    "Lần gửi cuối chưa được tiếp nhận; biểu mẫu vẫn giữ những gì đã nhập.",
                    "What was given last was not taken in; the form still has it."))
        }
        body += actions(words)
        body += "<h2>\(say("Nội dung đã nhập", "What was entered"))</h2>\n"
        body += contents(TypedRecord(entry.kind, number: number, values: entry.sent ?? entry.offer?.values ?? [:]))
        let title = entry.kind == .visit ? say("Lượt khám", "Visit") : say("Tiêm chủng", "Vaccination")
        return StationPage(
            say: say, paths: paths, account: account, title: title, body: body,
            otherLanguage: paths.record(number, say.other)
        ).html
    }

    private func actions(_ words: StandingWords) -> String {
        let number = entry.number
        switch standing.phase {
        case .withdrawn: return ""
        case .unspecified:
            return "<p>\(StationPage.link(paths.form(entry.kind, number, say), say("Gửi lại", "Send it again")))</p>\n"
        default:
            let place = words.refusal.flatMap { refusal in
                JudgedRecord.Fault(refusal, entry.kind).input
            }
            let amend = paths.amend(number, say) + (place.map { $0.isEmpty ? "" : "#\($0)" } ?? "")
            var links = [StationPage.link(amend, say("Sửa hồ sơ này", "Amend this record"))]
            if standing.phase != .refused {
                links.append(
                    StationPage.link(paths.withdraw(number, say), say("Rút hồ sơ này", "Withdraw this record")))
            }
            return "<p>\(links.joined(separator: " · "))</p>\n"
        }
    }

    private func contents(_ typed: TypedRecord) -> String {
        func terms(_ fields: [StationField]) -> String {
            StationPage.terms(fields.map { ("\(say($0.vietnamese, $0.english)) (\($0.code))", typed[$0.name]) })
        }
        var parts = TypedRecord.sections(typed.kind).map { section in
            "<h3>\(EscapedText.of(say(section.vietnamese, section.english)))</h3>\n\(terms(section.fields))"
        }
        if typed.kind == .visit {
            for table in VisitFields.rowTables {
                for number in 1...typed.rows(of: table) {
                    let row = terms(VisitFields.row(table, number))
                    if !row.isEmpty {
                        parts.append("<h3>\(VisitFields.rowName(table, say)) \(number)</h3>\n\(row)")
                    }
                }
            }
        }
        return parts.joined()
    }
}

extension JudgedRecord.Fault {
    /// What a party has refused.
    init(_ refusal: StandingWords.Refusal, _ kind: RecordKind) {
        self.init(code: refusal.code, field: refusal.field, value: refusal.value, rule: refusal.rule, kind)
    }
}

/// The page that asks once more before a record is taken back.
struct WithdrawalPage {
    var say: Language
    var paths: StationPaths
    var account: StationAccount
    var entry: EntryStore.Entry
    var seal: String
    var reason = ""
    var fault: String?

    var html: String {
        var field = FormField(name: "reason", label: say("Lý do rút", "Reason"))
        field.demand = say("(bắt buộc)", "(required)")
        field.hint = say("1 đến 500 ký tự; Bộ Y tế nhận được lý do này", "1 to 500 characters; the ministry is told")
        field.value = reason
        field.faults = fault.map { [say("Lỗi: ", "Error: ") + $0] } ?? []
        let patient = entry.typed.patient
        let summary =
            fault.map {
                StationPage.alert(
                    "<h2>\(say("Chưa rút", "Not withdrawn"))</h2><ul><li>\(StationPage.link("#reason", $0))</li></ul>")
            } ?? ""
        let body =
            summary
            + StationPage.paragraph(
                say(
                    "Rút hồ sơ \(entry.number) của \(patient)? Hồ sơ sẽ ra khỏi sổ sức khỏe điện tử và không gửi lại được.",
                    "Withdraw record \(entry.number) of \(patient)? It leaves the health book, and cannot be sent again."
                ))
                + """
                <form method="post" action="\(paths.withdraw(say))" novalidate>
                \(FormField.hidden("number", entry.number))\(FormField.hidden("seal", seal))
                \(field.html)<p><button type="submit">\(say("Rút hồ sơ", "Withdraw the record"))</button>
                \(StationPage.link(paths.record(entry.number, say), say("Không rút", "Do not withdraw")))</p></form>
                """
        return StationPage(
            say: say, paths: paths, account: account, title: say("Rút hồ sơ", "Withdraw a record"), body: body,
            otherLanguage: paths.withdraw(entry.number, say.other)
        ).html
    }
}
