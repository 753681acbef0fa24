import ExchangeSchema

extension EnvelopeProblem.Rule {
    /// The rule in Vietnamese, as the end of a sentence that starts with the value.
    public var vietnamese: String {
        switch self {
        case .required: "bắt buộc phải có giá trị"
        case .tooLong(let length, let maximum): "dài \(length) ký tự, tối đa được \(maximum) ký tự"
        case .notANumber: "không phải là số"
        case .notADate(let shape): "không phải là ngày theo dạng \(shape.form)"
        case .notAnOrdinal: "không phải là số nguyên từ 1 trở lên"
        case .notRising(let previous): "không lớn hơn \"\(EnvelopeProblem.shortened(previous))\" của dòng trước"
        case .otherEpisode(let expected): "khác với MA_LK của XML1, \"\(EnvelopeProblem.shortened(expected))\""
        case .repeatedEpisode(let first): "đã là MA_LK của hồ sơ thứ \(first)"
        case .repeatedField: "có hai lần ở đây"
        case .holdsElements(let first):
            "có phần tử \(EnvelopeProblem.shortened(first)) bên trong; chỉ giữ được văn bản"
        case .strayText: "là văn bản nằm ngoài mọi trường"
        case .unexpectedElement(let expected): "là phần tử không đúng chỗ; ở đây phải là \(expected)"
        case .missingTable: "thiếu bảng này"
        case .repeatedTable: "bảng này có hai lần"
        case .unknownTable: "không phải là bảng của Quyết định 4750 (XML0 đến XML15); bảng không được chuyển đi"
        case .tableKeptBack: "bảng bị để lại; hồ sơ vẫn được gửi mà không có bảng này"
        case .falseEncoding(let name):
            "khai báo ghi \(PrintableText.escaped(name)) nhưng văn bản dùng bảng mã khác; vẫn đọc theo văn bản"
        case .visitTooLarge(let limit): "các bảng của hồ sơ có hơn \(limit) ký tự"
        case .notBase64: "nội dung không phải là base64"
        case .encodedTwice: "nội dung được mã hóa base64 hai lần; hãy mã hóa bảng một lần"
        case .notXML(let fault): fault.vietnamese
        case .otherCount(let found): "khác với số hồ sơ trong tệp, \(found)"
        case .forbiddenCharacter(let codePoint):
            "có ký tự U+\(String(codePoint, radix: 16, uppercase: true)) mà XML không chứa được"
        case .notAnElementName: "không thể là tên của một phần tử"
        case .nameOfAField: "là tên của một trường trong bảng, không phải của phần tử ngoài phụ lục"
        case .unknownBlock: "không phải là bảng của KHAMSUCKHOE"
        case .notJSON: "nội dung không phải là JSON"
        case .otherReading(let subject, let found, let accepted):
            "\(subject) được ghi theo \(found); ở đây nhận \(accepted)"
        case .otherFacility(let expected): "không phải là cơ sở gửi, \(expected)"
        case .furtherProblems(let listed): "còn lỗi khác; chỉ liệt kê \(listed) lỗi đầu"
        }
    }
}

extension XMLFault {
    /// The fault in Vietnamese, as the end of a sentence.
    public var vietnamese: String {
        switch self {
        case .malformed(let line, let column, _): "không phải là XML đúng cú pháp ở dòng \(line), cột \(column)"
        case .empty: "không có XML nào trong đó"
        case .bareAngle(let line, let column):
            "không phải là XML đúng cú pháp ở dòng \(line), cột \(column): dấu < không mở thẻ nào; trong văn bản phải viết &lt;"
        case .otherEncoding(let name): "bảng mã là \(name), phải là UTF-8"
        case .documentType: "có DOCTYPE, bị từ chối"
        case .tooDeep(let limit, let line): "các phần tử lồng nhau sâu hơn \(limit) cấp ở dòng \(line)"
        case .tooManyAttributes(let limit): "một thẻ có hơn \(limit) thuộc tính"
        }
    }
}
