/// The services of the synthetic visits and the result that some give. Codes are simulator-defined, in the shape of the
/// annex (`CC.KKKK.GGGG` for services); prices are invented multiples of 100 dong.
struct ServiceTable {
    struct Entry {
        /// Fields 3 to 12 of table XML3, encoded.
        var fields: [UInt8]
        /// Fields 13 to 30 of one such service, encoded, for each share that the fund pays.
        var ofOne: [[UInt8]]
        var price: UInt64
        /// Fields 3 to 5 of table XML4, encoded; nothing for a service without a result.
        var result: [UInt8]
        /// Field 7 of table XML4, encoded.
        var unit: [UInt8]
        /// The smallest result, in hundredths of its unit, and how many there are; nil for a service without a result.
        var range: (least: UInt64, span: UInt64)?
    }

    /// The examination that every outpatient visit has.
    static let examination = 0
    /// The bed-day that every stay has.
    static let bedDay = 1
    /// A dear one, which no diagnosis asks for.
    static let scan = 10

    let entries: [Entry]

    init() {
        entries = Self.rows.enumerated().map { index, row in
            let code = "SD." + Decimal.text(UInt64(index + 1), count: 4) + ".0000"
            let fields = FieldWriter.encode { writer in
                writer.text(3, code)
                writer.text(6, row.group)
                writer.text(9, row.name)
                writer.text(11, index == Self.bedDay ? "Ngày" : "Lần")
                writer.text(12, "1")
            }
            let result = FieldWriter.encode { writer in
                guard !row.result.isEmpty else { return }
                writer.text(3, code)
                writer.text(4, "SD." + Decimal.text(UInt64(index + 1), count: 4))
                writer.text(5, row.result)
            }
            return Entry(
                fields: fields,
                ofOne: Money.percents.map { percent in
                    FieldWriter.encode { Self.writePrice(1, row.price, percent, to: &$0) }
                }, price: row.price, result: result, unit: FieldWriter.encode { $0.text(7, row.unit) },
                range: row.result.isEmpty ? nil : (row.least, row.span))
        }
    }

    /// Fields 13 to 30 of table XML3: quantity, price, and who pays.
    static func writePrice(_ quantity: UInt64, _ price: UInt64, _ percent: UInt64, to writer: inout FieldWriter) {
        let money = Money(total: quantity * price, percent: percent)
        writer.number(13, quantity)
        writer.amount(14, price)
        writer.amount(15, percent == 0 ? 0 : price)
        writer.number(17, 100)
        writer.number(18, percent == 0 ? 0 : 100)
        writer.amount(19, money.total)
        writer.amount(20, money.covered)
        writer.number(22, percent)
        // No other source pays.
        for field in 23...27 { writer.amount(field, 0) }
        writer.amount(28, money.patientAlone)
        writer.amount(29, money.patientPart)
        writer.amount(30, money.fund)
    }

    private struct Row {
        var name: String
        var group: String
        var price: UInt64
        var result = ""
        var unit = ""
        var least: UInt64 = 0
        var span: UInt64 = 1
    }

    private static let rows: [Row] = [
        Row(name: "Khám bệnh", group: "13", price: 45_000),
        Row(name: "Ngày giường nội khoa", group: "15", price: 245_200),
        Row(
            name: "Glucose máu", group: "1", price: 22_400, result: "Glucose", unit: "mmol/L", least: 420, span: 900),
        Row(
            name: "Công thức máu", group: "1", price: 49_700, result: "Bạch cầu", unit: "G/L", least: 380, span: 1_000),
        Row(
            name: "Creatinin máu", group: "1", price: 22_400, result: "Creatinin", unit: "µmol/L", least: 5_200,
            span: 6_000),
        Row(
            name: "Cholesterol toàn phần", group: "1", price: 28_000, result: "Cholesterol", unit: "mmol/L", least: 350,
            span: 450),
        Row(name: "X-quang ngực thẳng", group: "2", price: 73_300),
        Row(name: "Siêu âm ổ bụng", group: "2", price: 58_600),
        Row(name: "Điện tim thường", group: "3", price: 40_000),
        Row(name: "X-quang cột sống", group: "2", price: 73_300),
        Row(name: "Chụp cắt lớp vi tính", group: "2", price: 632_200),
    ]
}
