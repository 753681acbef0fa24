import DoorHouse

/// One field that a station fills in.
struct StationField: Sendable {
    /// A value to choose, with what it means.
    struct Choice: Sendable {
        var value: String
        var vietnamese: String
        var english: String

        init(_ value: String, _ vietnamese: String, _ english: String) {
            self.value = value
            self.vietnamese = vietnamese
            self.english = english
        }
    }

    /// How it is put in.
    enum Kind: Sendable {
        case line, digits, decimal
        case lines(Int)
        /// Days and times may be written as people write them.
        case day, days, moment, birth
        case choice([Choice])
    }

    /// As the form sends it: for example `XML1.HO_TEN`, of a row `XML2.1.SO_LUONG`.
    var name: String
    /// The name in the standard: for example `XML1.HO_TEN`.
    var code: String
    var vietnamese: String
    var english: String
    var kind: Kind
    var isRequired: Bool
    /// In both languages, where the kind says too little.
    var hint: (vietnamese: String, english: String)?

    /// The field with what stands in it.
    func form(_ value: String, faults: [String], _ say: Language) -> FormField {
        var field = FormField(name: name, label: say(vietnamese, english))
        field.code = code
        field.value = value
        field.faults = faults.map { say("Lỗi: ", "Error: ") + $0 }
        field.demand = isRequired ? say("(bắt buộc)", "(required)") : nil
        var hints: [String] = []
        switch kind {
        case .line: break
        case .digits: field.control = .line(inputMode: "numeric")
        case .decimal: field.control = .line(inputMode: "decimal")
        case .lines(let count): field.control = .lines(count)
        case .day: hints.append("31/12/2026")
        case .days:
            hints.append(say("31/12/2026; nhiều ngày cách nhau bằng ;", "31/12/2026; several are joined by ;"))
        case .moment: hints.append("31/12/2026 14:30")
        case .birth:
            hints.append(say("31/12/1980; chỉ biết năm thì ghi 1980", "31/12/1980; 1980 where only the year is known"))
        case .choice(let choices):
            field.control = .choice(
                [("", say("— chọn —", "— choose —"))]
                    + choices.map { ($0.value, "\($0.value) \(say($0.vietnamese, $0.english))") })
        }
        if let hint { hints.append(say(hint.vietnamese, hint.english)) }
        field.hint = hints.joined(separator: "; ")
        return field
    }
}

/// Fields that belong together.
struct StationSection: Sendable {
    var vietnamese: String
    var english: String
    var fields: [StationField]
}
