import ExchangeSchema
import Registers

/// Whom somebody looks up, as it was typed.
struct LookUpForm: Sendable {
    /// The form's own name, drawn when it was opened.
    var form = ""
    /// A citizen number or a card.
    var number = ""
    var fullName = ""
    var birthDate = ""
    /// Why the book is read; blank where it is not.
    var purpose = ""

    init() {}

    init(_ visitor: StationVisitor) {
        form = visitor.field("form")
        number = visitor.field("number")
        fullName = visitor.field("fullName")
        birthDate = visitor.field("birthDate")
        purpose = visitor.field("purpose")
    }

    /// Without blanks, in upper case.
    var cleanNumber: String { number.filter { !$0.isWhitespace }.uppercased() }
    /// yyyyMMdd, with zeros for what is not known; nil for no day.
    var birth: String? {
        WrittenDay.read(birthDate.filter { !$0.isWhitespace }, mayBePartly: true)?.description
    }
    /// Whether VSS is asked.
    var asksCard: Bool { !fullName.isBlank || !birthDate.isBlank }
    /// Whether MoH is asked.
    var asksBook: Bool { !purpose.isBlank }

    /// What is wrong with it: field, words in both languages.
    var faults: [(field: String, vietnamese: String, english: String)] {
        var faults: [(String, String, String)] = []
        if cleanNumber.isEmpty || cleanNumber.utf8.count > 15 {
            faults.append(
                (
                    "number", "cần số định danh hoặc mã thẻ, nhiều nhất 15 ký tự",
                    "a citizen number or a card is needed, 15 characters at most"
                ))
        } else if asksBook, (try? CitizenNumber(parsing: cleanNumber)) == nil {
            faults.append(
                (
                    "number", "sổ sức khỏe tìm theo số định danh có 12 chữ số",
                    "a book is found by the citizen number of 12 digits"
                ))
        }
        if asksCard || !asksBook {
            if fullName.isBlank || fullName.utf8.count > 1_024 {
                faults.append(("fullName", "kiểm tra thẻ cần họ và tên", "to check a card its holder's name is needed"))
            }
            if birth == nil {
                faults.append(
                    (
                        "birthDate", "kiểm tra thẻ cần ngày sinh, viết 31/12/1980, hoặc 1980 khi chỉ biết năm",
                        "to check a card the birth date is needed, as 31/12/1980, or 1980 where only the year is known"
                    ))
            }
        }
        if asksBook, !PrintableText.isLine(purpose, upTo: HistoryRequest.longestPurpose) {
            faults.append(
                (
                    "purpose", "mục đích có nhiều nhất \(HistoryRequest.longestPurpose) ký tự trên một dòng",
                    "the purpose has at most \(HistoryRequest.longestPurpose) characters on one line"
                ))
        }
        return faults
    }
}
