import DoorDesk
import DoorHouse
import ExchangeSchema
import HealthBook

/// The form by which a person is looked up, and what was found.
struct LookUpPage {
    /// What came of asking for a book.
    enum Book {
        case answered(BookExtract)
        /// MoH does not answer, or the look could not be written down.
        case silent
    }

    var say: Language
    var paths: StationPaths
    var account: StationAccount
    var wanted: LookUpForm
    /// The form's own name.
    var form: String
    var seal: String
    /// The number of a record that is begun from here.
    var newNumber: String
    var showsFaults = false
    /// What must be read before; empty for nothing.
    var notice = ""
    var card: CardAnswer?
    var book: Book?

    /// What the form shows.
    var shown: LookUpForm {
        var shown = wanted
        shown.form = form
        return shown
    }

    var html: String {
        let title = say("Tra cứu người bệnh", "Look a person up")
        let faults = showsFaults ? wanted.faults : []
        var body = ""
        if !notice.isEmpty { body += StationPage.alert(StationPage.paragraph(notice)) }
        if !faults.isEmpty {
            let items = faults.map { "<li>\(StationPage.link("#\($0.field)", say($0.vietnamese, $0.english)))</li>" }
            body += StationPage.alert(
                "<h2>\(say("Chưa tra cứu, có \(faults.count) lỗi", "Not looked up: \(faults.count) errors"))</h2><ul>\(items.joined())</ul>"
            )
        }
        if let card { body += section(card) }
        switch book {
        case .answered(let extract): body += BookSection(say: say, book: extract).html
        case .silent:
            body += StationPage.alert(
                StationPage.paragraph(
                    say(
                        "Bộ Y tế không trả lời lúc này, hoặc chưa ghi lại được lần xem; chưa có gì được hiển thị. Hãy thử lại.",
                        "MoH does not answer just now, or the look could not be written down; nothing is shown. Try again."
                    ))
            )
        case nil: break
        }
        if card != nil || book != nil { body += begin }
        body += question(faults)
        return StationPage(
            say: say, paths: paths, account: account,
            title: (faults.isEmpty ? "" : say("Có lỗi: ", "Errors: ")) + title,
            body: body, otherLanguage: paths.lookUp(say.other)
        ).html
    }

    private func question(_ faults: [(field: String, vietnamese: String, english: String)]) -> String {
        func field(_ name: String, _ label: String, _ value: String, _ hint: String, _ mode: String = "text") -> String
        {
            var field = FormField(name: name, label: label)
            field.value = value
            field.hint = hint
            field.control = .line(inputMode: mode)
            field.faults = faults.filter { $0.field == name }.map {
                say("Lỗi: ", "Error: ") + say($0.vietnamese, $0.english)
            }
            if name == "number" { field.demand = say("(bắt buộc)", "(required)") }
            return field.html
        }
        return """
            <form method="post" action="\(paths.lookUp(say))" novalidate><fieldset><legend>\(say("Tra cứu", "Look up"))</legend>
            \(FormField.hidden("form", form))\(FormField.hidden("seal", seal))<div class="fields">
            \(field("number", say("Số định danh hoặc mã thẻ BHYT", "Citizen number or insurance card"), wanted.number, ""))
            \(field("fullName", say("Họ và tên", "Full name"), wanted.fullName, say("để kiểm tra thẻ", "to check the card")))
            \(field("birthDate", say("Ngày sinh", "Birth date"), wanted.birthDate, say("để kiểm tra thẻ; 31/12/1980 hoặc 1980", "to check the card; 31/12/1980 or 1980")))
            \(field("purpose", say("Mục đích xem sổ sức khỏe", "Why the health book is read"), wanted.purpose,
                say("để trống thì không xem sổ; mục đích và tên cán bộ được ghi vào sổ", "blank: the book is not read; purpose and officer are written into the book")))
            </div><p><button type="submit">\(say("Tra cứu", "Look up"))</button></p></fieldset></form>
            """
    }

    private func section(_ answer: CardAnswer) -> String {
        let holder = answer.holder
        var terms = [
            (
                say("Kết quả", "Result"),
                "\(answer.code) \(say(CardCodes.words(answer.code), CardCodes.english(answer.code)))"
            )
        ]
        if answer.hasHolder {
            terms += [
                (say("Họ và tên", "Full name"), holder.fullName),
                (say("Ngày sinh", "Birth date"), ShownTime.day(holder.birthDate)),
                (say("Mã thẻ", "Card"), holder.card),
                (say("Nơi đăng ký ban đầu", "Registered facility"), holder.registeredFacility),
                (say("Giá trị từ", "Valid from"), ShownTime.day(holder.validFrom)),
                (say("Giá trị đến", "Valid to"), ShownTime.day(holder.validTo)),
            ]
        }
        return "<h2>\(say("Thẻ bảo hiểm y tế, theo BHXH", "Insurance card, by VSS"))</h2>\n\(StationPage.terms(terms))"
    }

    /// Begins a record of whoever was looked up: what is known goes with the form, and stands in no address.
    private var begin: String {
        var visit: [(String, String)] = [("XML1.HO_TEN", wanted.fullName), ("XML1.NGAY_SINH", wanted.birthDate)]
        var vaccination: [(String, String)] = [("fullName", wanted.fullName), ("birthDate", wanted.birthDate)]
        if (try? CitizenNumber(parsing: wanted.cleanNumber)) != nil {
            visit.append(("XML1.SO_CCCD", wanted.cleanNumber))
            vaccination.append(("citizenNumber", wanted.cleanNumber))
        }
        if let card, card.hasHolder {
            visit += [
                ("XML1.MA_THE_BHYT", card.holder.card), ("XML1.MA_DKBD", card.holder.registeredFacility),
                ("XML1.GT_THE_TU", ShownTime.day(card.holder.validFrom)),
                ("XML1.GT_THE_DEN", ShownTime.day(card.holder.validTo)),
            ]
        }
        let forms = [(RecordKind.visit, visit), (.vaccination, vaccination)].map { kind, known in
            let action =
                kind == .visit ? say("Nhập lượt khám", "Enter a visit") : say("Nhập tiêm chủng", "Enter a vaccination")
            return """
                <form class="inline" method="post" action="\(paths.form(kind, say))">\(FormField.hidden("do", "begin"))\
                \(FormField.hidden("number", newNumber))\(known.map { FormField.hidden($0, $1) }.joined())\
                <button type="submit">\(EscapedText.of(action))</button></form>
                """
        }
        return "<p>\(forms.joined(separator: " "))</p>\n"
    }
}

/// What MoH gives a station of a book.
private struct BookSection {
    var say: Language
    var book: BookExtract

    var html: String {
        let title =
            "<h2>\(say("Sổ sức khỏe điện tử: những gì có ở nơi khác", "Health book: what stands elsewhere"))</h2>\n"
        guard book.refusalCode.isEmpty else {
            let words = say(ReasonCode(text: book.refusalCode)?.vietnamese ?? book.rule, book.rule)
            return title
                + StationPage.paragraph(
                    say("Không chia sẻ", "Not shared") + ": \(book.refusalCode): \(words). "
                        + say("Lần hỏi này đã được ghi lại.", "That you asked is written down."))
        }
        let shown = PresentedBook(book)
        guard !shown.isEmpty else {
            return title
                + StationPage.paragraph(say("Không có gì ở nơi khác.", "Nothing stands elsewhere."))
        }
        // Names of fields and contents are Vietnamese, whatever the page is.
        var parts = ["<div lang=\"vi\">"]
        for visit in shown.visits {
            parts.append("<h3>Lượt khám · \(facilities(visit.sources))</h3>")
            parts.append(terms(visit.fields + visit.summary))
            for (name, lines) in [("Thuốc", visit.drugs), ("Dịch vụ", visit.services), ("Kết quả", visit.results)] {
                parts.append(list(name, lines))
            }
        }
        for dose in shown.vaccinations {
            parts.append("<h3>Tiêm chủng · \(facilities(dose.sources))</h3>\(terms(dose.fields))")
        }
        for check in shown.healthChecks {
            parts.append(
                "<h3>Khám sức khỏe · \(facilities(check.sources))</h3>\(terms(check.fields))\(list("Kết quả", check.results))"
            )
        }
        return title + parts.joined(separator: "\n") + "</div>\n"
    }

    private func facilities(_ sources: [PresentedBook.Source]) -> String {
        EscapedText.of(sources.map(\.facilityCode).joined(separator: ", "))
    }

    private func terms(_ fields: [PresentedBook.Field]) -> String {
        StationPage.terms(fields.map { ("\($0.label) (\($0.name))", $0.value) })
    }

    private func list(_ name: String, _ lines: [PresentedBook.Line]) -> String {
        guard !lines.isEmpty else { return "" }
        let items = lines.map {
            "<li>\(EscapedText.of([$0.name, $0.value, $0.time].filter { !$0.isEmpty }.joined(separator: " · ")))</li>"
        }
        return "<p>\(name)</p><ul>\(items.joined())</ul>"
    }
}
