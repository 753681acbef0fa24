/// The diagnoses of the synthetic visits, and how often each group of people has them.
///
/// The mix follows the insured patients of a district hospital (domain file, section 8): endocrine 19.9 %,
/// circulatory 13.7 %, respiratory 13.0 %, digestive 10.5 %, musculoskeletal 9.3 %, infectious 7.3 %. Its split by
/// age and sex, and everything else, is simulator-defined.
struct DiagnosisTable {
    struct Entry {
        /// ICD-10 code.
        var code: String
        /// Fields 1, 4 and 5 of table XML1, encoded: the reason for the visit, and the text of the diagnosis.
        var words: [UInt8]
        /// The code in field 6 of table XML1, 7 where it accompanies another, and 35 of XML3, encoded.
        var main, accompanying, ofService: [UInt8]
        /// Field 3 of table XML5, encoded: an entry of the course.
        var course: [UInt8]
        /// Indices into the tables of drugs and of services.
        var drugs, services: [Int]
        /// Weight for children below 15, men, women, and people from 65 on.
        var weights: [UInt64]
        /// Share of stays in hospital, in percent.
        var stays: UInt64
    }

    let entries: [Entry] = rows
    private let weights: [Weights] = (0..<4).map { group in Weights(rows.map { $0.weights[group] }) }

    /// Draws the diagnosis of someone of this age in years.
    func draw(age: Int, isFemale: Bool, _ draws: inout Draws) -> Int {
        weights[age < 15 ? 0 : age >= 65 ? 3 : isFemale ? 2 : 1].choose(&draws)
    }

    private static func row(
        _ words: String, _ drugs: [Int], _ services: [Int], _ weights: [UInt64], stays: UInt64 = 4
    ) -> Entry {
        let parts = words.split(separator: "|").map(String.init)
        return Entry(
            code: parts[0],
            words: FieldWriter.encode { writer in
                writer.text(1, parts[2])
                writer.text(4, parts[1])
                writer.text(5, parts[1])
            }, main: FieldWriter.encode { $0.text(6, parts[0]) },
            accompanying: FieldWriter.encode { $0.text(7, parts[0]) },
            ofService: FieldWriter.encode { $0.text(35, parts[0]) },
            course: FieldWriter.encode { $0.text(3, parts[3]) }, drugs: drugs, services: services, weights: weights,
            stays: stays)
    }

    private static let rows: [Entry] = [
        row("E11.9|Đái tháo đường típ 2|Khát nhiều, mệt|Đường huyết ổn định", [4, 5, 6], [2, 4], [3, 122, 122, 170]),
        row("E78.5|Rối loạn lipid máu|Khám kiểm tra|Không đau ngực", [6], [5], [2, 90, 90, 100]),
        row("E04.9|Bướu giáp không độc|Nuốt vướng|Bướu mềm, không đau", [19], [7], [5, 28, 52, 40]),
        row("I10|Tăng huyết áp vô căn|Đau đầu, chóng mặt|Huyết áp 140/85", [2, 3, 16], [8, 4], [0, 106, 106, 250]),
        row("I25.9|Bệnh tim thiếu máu|Đau ngực|Nhịp đều, phổi trong", [16, 6, 3], [8], [0, 30, 30, 80], stays: 15),
        row("I20.9|Cơn đau thắt ngực|Đau ngực khi gắng sức|Đỡ đau ngực", [16, 6], [8], [0, 19, 19, 60], stays: 30),
        row("J06.9|Nhiễm trùng hô hấp trên|Ho, sốt|Họng đỏ, phổi trong", [0, 10], [3], [210, 10, 10, 14], stays: 1),
        row("J20.9|Viêm phế quản cấp|Ho có đờm|Phổi ít ran", [1, 11, 0], [6], [130, 7, 7, 20], stays: 12),
        row("J18.9|Viêm phổi|Ho, sốt, khó thở|Phổi ran ẩm", [14, 0, 11], [6, 3], [90, 5, 5, 26], stays: 55),
        row("J45.9|Hen phế quản|Khó thở|Phổi ran rít nhẹ", [11], [6], [20, 3, 3, 20], stays: 12),
        row("K29.7|Viêm dạ dày|Đau thượng vị|Bụng mềm", [7, 21], [7], [25, 50, 50, 50]),
        row("K21.9|Trào ngược dạ dày thực quản|Ợ chua|Bụng mềm", [7], [7], [25, 36, 36, 30]),
        row("K02.1|Sâu ngà răng|Đau răng|Răng sâu ngà", [0, 1], [], [60, 20, 20, 20], stays: 0),
        row("M54.5|Đau thắt lưng|Đau lưng|Vận động đỡ đau", [12, 13, 19], [9], [2, 70, 70, 35]),
        row("M17.9|Thoái hóa khớp gối|Đau khớp gối|Khớp không sưng", [12], [9], [0, 30, 30, 25]),
        row("M47.8|Thoái hóa cột sống|Đau cổ gáy|Vận động đỡ đau", [12, 13], [9], [0, 28, 28, 15]),
        row("A90|Sốt Dengue|Sốt cao|Hết sốt, không xuất huyết", [0, 9], [3], [50, 17, 17, 14], stays: 35),
        row("A91|Sốt xuất huyết Dengue|Sốt cao ngày 4|Tiểu cầu tăng lại", [0, 9], [3], [35, 9, 9, 6], stays: 85),
        row("A09|Tiêu chảy nhiễm khuẩn|Đi ngoài lỏng|Hết nôn, bụng mềm", [9, 8], [3], [75, 12, 12, 20], stays: 10),
        row("B18.1|Viêm gan vi rút B mạn|Mệt mỏi|Không vàng da", [25], [7], [2, 10, 10, 10], stays: 3),
        row("N39.0|Nhiễm khuẩn tiết niệu|Tiểu buốt|Hết sốt", [15], [3], [20, 30, 60, 30], stays: 8),
        row("H10.9|Viêm kết mạc|Đỏ mắt|Mắt đỡ đỏ", [18, 17], [], [70, 20, 20, 15], stays: 0),
        row("L23.9|Viêm da tiếp xúc dị ứng|Ngứa, nổi ban|Ban giảm", [10, 23], [], [80, 35, 35, 20], stays: 0),
        row("G44.2|Đau đầu do căng thẳng|Đau đầu|Tỉnh, không liệt", [24, 0], [3], [15, 50, 50, 25], stays: 1),
        row("S93.4|Bong gân cổ chân|Đau cổ chân|Đỡ sưng", [0, 12], [], [40, 60, 35, 10], stays: 0),
        row("Z00.0|Khám sức khỏe chung|Khám kiểm tra|Bình thường", [19], [2, 3], [41, 73, 41, 20], stays: 0),
        row("N40|Tăng sản tuyến tiền liệt|Tiểu đêm|Tiểu đỡ khó", [22], [7], [0, 30, 0, 0], stays: 6),
        row("N76.0|Viêm âm đạo cấp|Khí hư|Đỡ ngứa", [21], [], [0, 0, 30, 0], stays: 0),
        row("O80|Đẻ thường một thai|Đau bụng chuyển dạ|Mẹ và con ổn", [20], [3], [0, 0, 20, 0], stays: 100),
    ]
}
