import CoreTestSupport
import ExchangeSchema
import Foundation
import Testing

@testable import HealthStandards
@testable import ProvinceWarehouse

/// What is read in place is what the library reads, whatever the bytes are.
@Suite struct EncodedVisitTests {
    /// A message with texts: its texts as the library has them, of those fields that a warehouse keeps.
    struct Sample: Sendable, CustomStringConvertible {
        var message: EncodedTexts.Message
        var read: @Sendable ([UInt8]) -> [Int: String]?
        var description: String { "\(message)" }
    }

    static let samples = [
        Sample(message: .administrative) { bytes in
            (try? AdministrativeBlock(decoding: bytes)).map {
                [4: $0.hoTen, 6: $0.ngaySinh, 7: $0.gioiTinh, 15: $0.maxaCuTru]
            }
        },
        Sample(message: .insurance) { bytes in
            (try? InsuranceBlock(decoding: bytes)).map {
                [
                    6: $0.maDoituongKcb, 9: $0.ngayVao, 11: $0.ngayRa, 16: $0.tTongchiBv, 17: $0.tTongchiBh,
                    19: $0.tBncct, 20: $0.tBhtt, 25: $0.maLoaiKcb,
                ]
            }
        },
        Sample(message: .clinical) { bytes in
            (try? ClinicalBlock(decoding: bytes)).map {
                [6: $0.maBenhChinh, 7: $0.maBenhKt, 13: $0.ketQuaDtri, 14: $0.maLoaiRv]
            }
        },
        Sample(message: .drug) { bytes in
            (try? DrugLine(decoding: bytes)).map {
                [
                    3: $0.maThuoc, 7: $0.tenThuoc, 8: $0.donViTinh, 9: $0.hamLuong, 12: $0.lieuDung, 18: $0.soLuong,
                    19: $0.donGia, 20: $0.thanhTienBv, 21: $0.thanhTienBh, 34: $0.ngayYl,
                ]
            }
        },
        Sample(message: .service) { bytes in
            (try? ServiceLine(decoding: bytes)).map {
                [
                    3: $0.maDichVu, 5: $0.maVatTu, 6: $0.maNhom, 8: $0.tenVatTu, 9: $0.tenDichVu, 13: $0.soLuong,
                    19: $0.thanhTienBv, 20: $0.thanhTienBh, 37: $0.ngayYl, 38: $0.ngayThYl, 39: $0.ngayKq,
                ]
            }
        },
        Sample(message: .result) { bytes in
            (try? ResultLine(decoding: bytes)).map {
                [
                    3: $0.maDichVu, 4: $0.maChiSo, 5: $0.tenChiSo, 6: $0.giaTri, 7: $0.donViDo, 8: $0.moTa,
                    9: $0.ketLuan, 10: $0.ngayKq,
                ]
            }
        },
        Sample(message: .vaccination) { bytes in
            (try? Vaccination(decoding: bytes)).map {
                [
                    1: $0.maVacxin, 2: $0.tenVacxin, 3: $0.benhPhong, 4: $0.soMui, 5: $0.tongMui, 6: $0.ngayTiem,
                    7: $0.soLo, 8: $0.duongTiem, 9: $0.viTriTiem, 10: $0.maBacSi, 11: $0.ngayHen, 12: $0.phanUng,
                ]
            }
        },
        Sample(message: .healthCheck) { bytes in
            (try? HealthCheck(decoding: bytes)).map {
                [
                    3: $0.doiTuong, 4: $0.nguonChiTra, 5: $0.maLoaiKcb, 6: $0.ngayVao, 7: $0.xml3NhietDo,
                    11: $0.xml4CanNang, 15: $0.xml8KetLuanBenh, 20: $0.xml10CanNang, 23: $0.xml10HuyetAp,
                    25: $0.xml12PhanLoaiSk, 26: $0.xml12KetLuanBenh, 28: $0.xml12CacBenhTatNeuCo,
                ]
            }
        },
        Sample(message: .course) { bytes in (try? CourseLine(decoding: bytes)).map { _ in [:] } },
    ]

    /// Whole messages, with fields that stand twice, fields that nobody knows, and of every kind; and then broken ones.
    @Test(arguments: samples) func textsAreThoseOfTheLibrary(sample: Sample) {
        var random = SeededGenerator(seed: 11)
        var (read, refused) = (0, 0)
        for round in 0..<6_000 {
            var bytes = Self.message(&random, depth: 0)
            if round.isMultiple(of: 2), !bytes.isEmpty {
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    bytes[bytes.indices.randomElement(using: &random) ?? 0] = UInt8.random(in: 0...255, using: &random)
                }
            }
            if round.isMultiple(of: 7) { bytes.removeLast(min(bytes.count, Int.random(in: 0..<9, using: &random))) }
            // As a part of other bytes, behind which it must not look.
            let padded = [0x0A, 0x80] + bytes + [0x01, 0x41]
            let texts = EncodedTexts(sample.message, padded.span, 2..<padded.count - 2)
            guard let expected = sample.read(bytes) else {
                #expect(texts == nil, "\(bytes)")
                refused += 1
                continue
            }
            read += 1
            guard let texts else {
                Issue.record("not read: \(bytes)")
                continue
            }
            for (number, text) in expected {
                let found = texts[number].string(in: padded.span)
                #expect(found == text)
                #expect(texts.filled >> UInt64(number) & 1 == (text.isBlank ? 0 : 1))
            }
        }
        #expect(read > 1_000 && refused > 1_000)
    }

    /// Whether a clinical block is about a vaccination, and what that says, is as the library has it: whole, twice, broken.
    @Test func aVaccinationIsThatOfTheLibrary() {
        var random = SeededGenerator(seed: 23)
        var found = 0
        for round in 0..<6_000 {
            var bytes = Self.message(&random, depth: 0)
            if round.isMultiple(of: 2) {
                bytes += SampleVisit.vaccination().clinical.encoded + Self.message(&random, depth: 0)
            }
            if round.isMultiple(of: 5), !bytes.isEmpty {
                bytes[bytes.indices.randomElement(using: &random) ?? 0] = UInt8.random(in: 0...255, using: &random)
            }
            var entry = BookEntry()
            entry.clinical = .init(bytes)
            let whole = entry.encoded
            var read = EncodedEntry()
            let isRead = read.read(whole.span, whole.indices)
            #expect(isRead)
            let expected = (try? ClinicalBlock(decoding: bytes)).flatMap { $0.hasVaccination ? $0.vaccination : nil }
            #expect((read.vaccination != nil) == (expected != nil), "\(bytes)")
            guard let expected, let texts = read.vaccination else { continue }
            found += 1
            let row = VaccinationRow(texts, in: whole.span)
            let (vaccine, lot, given) = (row.vaccine.string(in: whole.span), row.lot.string(in: whole.span), row.given)
            #expect(vaccine == expected.maVacxin && lot == expected.soLo)
            #expect(given == (try? VisitTime(parsing: expected.ngayTiem, field: "")))
        }
        #expect(found > 1_000)
    }

    /// The same of a health check, with the rest of its tables.
    @Test func aHealthCheckIsThatOfTheLibrary() {
        var random = SeededGenerator(seed: 29)
        var found = 0
        for round in 0..<6_000 {
            var bytes = Self.message(&random, depth: 0)
            if round.isMultiple(of: 2) {
                bytes += SampleVisit.healthCheck().clinical.encoded + Self.message(&random, depth: 0)
            }
            if round.isMultiple(of: 5), !bytes.isEmpty {
                bytes[bytes.indices.randomElement(using: &random) ?? 0] = UInt8.random(in: 0...255, using: &random)
            }
            var entry = BookEntry()
            entry.clinical = .init(bytes)
            let whole = entry.encoded
            var read = EncodedEntry()
            let isRead = read.read(whole.span, whole.indices)
            #expect(isRead)
            let block = try? ClinicalBlock(decoding: bytes)
            let expected = block.flatMap { $0.hasHealthCheck && !$0.hasVaccination ? $0.healthCheck : nil }
            #expect((read.healthCheck != nil) == (expected != nil), "\(bytes)")
            guard let expected, let texts = read.healthCheck else { continue }
            found += 1
            let row = HealthCheckRow(texts, in: whole.span)
            let (groups, pressure) = (row.groups.string(in: whole.span), row.bloodPressure.string(in: whole.span))
            #expect(groups == expected.doiTuong && pressure == expected.xml10HuyetAp)
            #expect(row.healthClass == Int64(expected.xml12PhanLoaiSk))
        }
        #expect(found > 400)
    }

    private static let texts = [
        "", " ", "\t\u{A0}", "\u{3000}", "\u{A0}x", "Nguyễn Văn An", "Ðặng", "ễ", "01", "202611280920", "20261128",
        "80.00",
        "\u{0}", "x\u{0}y", "Đ", "👩‍⚕️",
    ]

    private static func message(_ random: inout SeededGenerator, depth: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        func varint(_ value: UInt64) {
            var rest = value
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        for _ in 0..<Int.random(in: 0..<14, using: &random) {
            let number = UInt64(
                [Int.random(in: 1...50, using: &random), 100, 101, 1, 2, 3_000].randomElement(using: &random) ?? 1)
            switch Int.random(in: 0..<24, using: &random) {
            case 0:
                varint(number << 3)
                varint(UInt64.random(in: 0...UInt64.max, using: &random))
            case 1:
                varint(number << 3 | 1)
                bytes += [UInt8](repeating: 7, count: 8)
            case 2:
                varint(number << 3 | 5)
                bytes += [UInt8](repeating: 7, count: 4)
            case 3 where depth < 3:
                varint(number << 3 | 3)
                bytes += message(&random, depth: depth + 1)
                varint(number << 3 | 4)
            default:
                varint(number << 3 | 2)
                let content =
                    (number == 100 || number == 101) && depth < 3
                    ? message(&random, depth: depth + 1) : Array((texts.randomElement(using: &random) ?? "").utf8)
                varint(UInt64(content.count))
                bytes += content
            }
        }
        return bytes
    }

    /// Amounts, times, dates and blanks, as they are read from a `String`.
    @Test func whatATextSaysIsWhatAStringSays() {
        var random = SeededGenerator(seed: 5)
        let characters = Array("0123456789012345678901234567890.- +eE\t\u{A0}ễx")
        for _ in 0..<60_000 {
            let count = [8, 12, Int.random(in: 0...22, using: &random)].randomElement(using: &random) ?? 0
            var text = String((0..<count).map { _ in characters.randomElement(using: &random) ?? "0" })
            if Bool.random(using: &random) {
                let (year, month) = (Int.random(in: 0...9_999, using: &random), Int.random(in: 0...13, using: &random))
                let numbers = [year * 100 + month, Int.random(in: 0...32, using: &random)]
                let day = String(numbers[0] + 10_000_000).suffix(6) + String(numbers[1] + 100).suffix(2)
                let time = String(Int.random(in: 10_000...12_470, using: &random)).suffix(4)
                text = String(Bool.random(using: &random) ? day + time : day)
            }
            let bytes = Array(text.utf8)
            let place = TextPlace(bytes.indices)
            let (amount, time) = (EncodedText.amount(place, in: bytes.span), EncodedText.time(place, in: bytes.span))
            let birth = EncodedText.birthDate(place, in: bytes.span)
            let isBlank = EncodedText.isBlank(bytes.span, place.range)
            #expect(amount == Double(text), "\(text)")
            #expect(time == (try? VisitTime(parsing: text, field: "")), "\(text)")
            #expect(birth == (try? BirthDate.parse(text)), "\(text)")
            #expect(isBlank == text.isBlank, "\(text)")
        }
    }

    /// A block that is none leaves its own columns empty, and no others.
    @Test func aBlockThatCannotBeReadIsEmpty() {
        var entry = WarehouseSamples.entry(SampleVisit(.sample(1)))
        let whole = WarehouseVisit(entry, record: .sample(1), citizen: 7, receivedAt: 1)
        entry.clinical = .init([0x0A, 0x05, 0x41])
        let broken = WarehouseVisit(entry, record: .sample(1), citizen: 7, receivedAt: 1)
        #expect(broken.diagnoses.isEmpty && broken.mainCategory == "" && broken.outcome == "")
        #expect(broken.name == whole.name && broken.discharged == whole.discharged && broken.drugs == whole.drugs)
        #expect(broken.missing.contains("XML1.MA_BENH_CHINH") && !whole.missing.contains("XML1.MA_BENH_CHINH"))
    }

    @Test(arguments: ["", "E1", "E11", "E11.9", "ễ11.9", "E1e\u{301}9", "👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️"])
    func theCategoryIsThreeCharacters(disease: String) {
        var sample = SampleVisit(.sample(1))
        sample.clinical.maBenhChinh = disease
        let bytes = WarehouseSamples.entry(sample).encoded
        var visit = EncodedVisit()
        let isRead = visit.read(bytes.span, bytes.indices, record: .sample(1), citizen: 7, receivedAt: 1)
        let category = visit.mainCategory(in: bytes.span).string(in: bytes.span)
        #expect(isRead && category == String(disease.prefix(3)))
    }

    /// Each required field is missed where it alone is empty, and where it is blank.
    @Test func everyRequiredFieldIsMissedByItsName() {
        #expect(RequiredFields.all.count > 40)
        func entry(
            _ change: (inout SummaryRow, inout DrugLine, inout ServiceLine, inout ResultLine) -> Void
        ) -> BookEntry {
            var (summary, drug) = (SummaryRow.filled, DrugLine.filled)
            var (service, result) = (ServiceLine.filled, ResultLine.filled)
            change(&summary, &drug, &service, &result)
            var details = ClinicalDetails()
            (details.drugs, details.services) = ([.filled, drug], [service, .filled])
            details.results = [result]
            var entry = WarehouseSamples.entry(SampleVisit(.sample(1)))
            entry.administrative = .init(summary.administrative.encoded)
            entry.insurance = .init(summary.insurance.encoded)
            entry.clinical = .init(summary.clinical.encoded)
            entry.clinicalDetails = .init(details.encoded)
            return entry
        }
        func missing(_ entry: BookEntry) -> [String] {
            WarehouseVisit(entry, record: .sample(1), citizen: 7, receivedAt: 1).missing
        }
        #expect(missing(entry { _, _, _, _ in }) == [])
        for field in RequiredFields.all {
            for blank in ["", " ", "\u{A0}"] {
                func clear<Row: TableRow>(_ row: inout Row) {
                    let index = Row.definitions.firstIndex { "\(Row.table.rawValue).\($0.name)" == field.name }
                    if let index { row[field: index] = blank }
                }
                let cleared = entry { summary, drug, service, result in
                    clear(&summary)
                    clear(&drug)
                    clear(&service)
                    clear(&result)
                }
                #expect(missing(cleared) == [field.name])
            }
        }
    }
}

extension TableRow {
    /// A row in which everything stands.
    fileprivate static var filled: Self {
        var row = Self()
        for index in definitions.indices { row[field: index] = "1" }
        return row
    }
}
