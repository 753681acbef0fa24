/// The drugs of the synthetic visits. The codes are simulator-defined: the official list of active ingredients is not
/// at hand, and no code of it is made up. Prices are invented multiples of 100 dong.
struct DrugTable {
    struct Entry {
        /// Fields 3 to 30 of table XML2, encoded, for each share that the fund pays: quantity and price are always the same.
        var fields: [[UInt8]]
        var quantity: UInt64
        var price: UInt64
    }

    let entries: [Entry]

    init() {
        entries = Self.rows.enumerated().map { index, row in
            let parts = row.text.split(separator: "|").map(String.init)
            let fields = Money.percents.map { percent in
                FieldWriter.encode { writer in
                    writer.text(3, "MP." + Decimal.text(UInt64(index + 1), count: 3))
                    writer.text(6, "4")
                    for (field, part) in zip([7, 8, 9], parts) { writer.text(field, part) }
                    writer.text(10, "1.01")
                    writer.text(12, parts[parts.count - 1])
                    writer.text(16, "1")
                    Self.writePrice(row.quantity, row.price, percent, to: &writer)
                }
            }
            return Entry(fields: fields, quantity: row.quantity, price: row.price)
        }
    }

    /// Fields 17 to 30: quantity, price, and who pays.
    private static func writePrice(
        _ quantity: UInt64, _ price: UInt64, _ percent: UInt64, to writer: inout FieldWriter
    ) {
        let money = Money(total: quantity * price, percent: percent)
        writer.number(17, percent == 0 ? 0 : 100)
        writer.number(18, quantity)
        writer.amount(19, price)
        writer.amount(20, money.total)
        writer.amount(21, money.covered)
        // No other source pays.
        for field in 22...26 { writer.amount(field, 0) }
        writer.number(27, percent)
        writer.amount(28, money.patientAlone)
        writer.amount(29, money.patientPart)
        writer.amount(30, money.fund)
    }

    /// Name, unit, strength and dose; quantity; price of one unit in dong.
    private static let rows: [(text: String, quantity: UInt64, price: UInt64)] = [
        ("Paracetamol|Viên|500mg|Ngày 3 lần, 1 viên", 15, 400),
        ("Amoxicilin|Viên|500mg|Ngày 2 lần, 1 viên", 14, 1_200),
        ("Amlodipin|Viên|5mg|Sáng 1 viên", 28, 500),
        ("Losartan|Viên|50mg|Sáng 1 viên", 28, 1_500),
        ("Metformin|Viên|850mg|Ngày 2 lần, 1 viên", 56, 700),
        ("Gliclazid|Viên|30mg|Sáng 1 viên", 28, 2_600),
        ("Atorvastatin|Viên|10mg|Tối 1 viên", 28, 1_100),
        ("Omeprazol|Viên|20mg|Sáng 1 viên trước ăn", 14, 800),
        ("Men vi sinh|Gói|1g|Ngày 2 gói", 10, 3_200),
        ("Oresol|Gói|27,9g|Pha 1 lít, uống dần", 6, 1_900),
        ("Cetirizin|Viên|10mg|Tối 1 viên", 10, 600),
        ("Salbutamol|Viên|4mg|Ngày 2 lần, 1 viên", 10, 500),
        ("Meloxicam|Viên|7,5mg|Ngày 1 viên sau ăn", 10, 900),
        ("Eperison|Viên|50mg|Ngày 2 lần, 1 viên", 14, 1_400),
        ("Cefuroxim|Viên|500mg|Ngày 2 lần, 1 viên", 10, 5_800),
        ("Ciprofloxacin|Viên|500mg|Ngày 2 lần, 1 viên", 14, 1_600),
        ("Aspirin|Viên|81mg|Trưa 1 viên", 28, 400),
        ("Natri clorid 0,9%|Lọ|10ml|Nhỏ ngày 4 lần", 2, 2_800),
        ("Tobramycin|Lọ|5ml|Nhỏ ngày 4 lần", 1, 27_500),
        ("Vitamin 3B|Viên|125mg|Ngày 2 viên", 20, 1_000),
        ("Sắt và acid folic|Viên|60mg|Ngày 1 viên", 30, 800),
        ("Metronidazol|Viên|250mg|Ngày 2 lần, 2 viên", 20, 400),
        ("Alfuzosin|Viên|10mg|Tối 1 viên", 14, 6_900),
        ("Dexpanthenol|Tuýp|20g|Bôi ngày 2 lần", 1, 21_000),
        ("Flunarizin|Viên|5mg|Tối 1 viên", 14, 700),
        ("Tenofovir|Viên|300mg|Ngày 1 viên", 30, 2_400),
    ]
}
