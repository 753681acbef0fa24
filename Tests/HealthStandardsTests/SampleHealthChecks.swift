import Foundation
import HealthStandards

/// Envelopes of health checks in every reading, made of one list of tables. All of it is made up.
enum SampleHealthChecks {
    typealias Table = (kind: String, root: String, fields: [(String, String)])

    static let person: Table = (
        "XML1", "THONG_TIN_HANH_CHINH",
        [
            ("HO_TEN", "NGUYỄN VĂN AN"), ("NGAY_SINH", "198503170000"), ("SO_CCCD", "001085000001"), ("GIOI_TINH", "1"),
            ("MA_DAN_TOC", "01"), ("NHOM_MAU", "O"), ("DIA_CHI", "Số 1 & 2"), ("MATINH_CU_TRU", "01"),
            ("MAXA_CU_TRU", "00004"), ("TSBT_MA_BENH", "J45;J30"), ("NOI_LAM_VIEC_HOC_TAP", "Xưởng <A>"),
        ]
    )
    static let check: Table = (
        "XML2", "THONG_TIN_CHUNG_VE_LAN_KHAM",
        [
            ("MA_LK", "KSK-1"), ("MA_CSKCB", "01013"), ("MA_GTIN_CSKCB", "8930000001013"), ("DOI_TUONG", "13"),
            ("NGUON_CHI_TRA", "4"), ("MA_LOAI_KCB", "15"), ("NGAY_VAO", "202611200900"),
        ]
    )
    static let rest: [Table] = [
        ("XML7", "KHAM_LAM_SANG", [("NOI_KHOA_TUAN_HOAN", "Bình thường"), ("NOI_KHOA_TUAN_HOAN_PL", "1")]),
        ("XML9", "TIEN_SU_BENH_TAT", [("TSBT_MAC_BENH", "0")]),
        ("XML10", "KHAM_THE_LUC", [("CHIEU_CAO", "168"), ("MACH", "72"), ("HUYET_AP", "120/80")]),
        ("XML11", "KHAM_CAN_LAM_SANG", [("MA_CHI_SO", "GLU"), ("GIA_TRI", "5.6"), ("DON_VI_DO", "mmol/L")]),
        ("XML12", "KET_LUAN", [("PHAN_LOAI_SK", "2"), ("KET_LUAN_BENH", "I10")]),
    ]
    static var tables: [Table] { [person, check] + rest }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    static func document(_ table: Table) -> String {
        let fields = table.fields.map { "<\($0.0)>\(escaped($0.1))</\($0.0)>" }.joined()
        return "<\(table.root)>\(fields)</\(table.root)>"
    }

    static let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    /// NOIDUNGFILE of a table.
    static func content(_ table: Table, _ reading: HealthCheckReadings.Content, declared: Bool) -> String {
        let document = (declared ? declaration + "\n" : "") + document(table)
        return switch reading {
        case .nested: document
        case .base64: Data(document.utf8).base64EncodedString()
        case .escaped: escaped(document)
        }
    }

    /// An envelope of XML with records of these tables.
    static func xml(
        _ records: [[Table]], _ reading: HealthCheckReadings.Content = .nested, declared: Bool = false,
        count: Int? = nil, signature: String = ""
    ) -> [UInt8] {
        let body = records.map { tables in
            "<HOSO>"
                + tables.map {
                    "<FILEHOSO><LOAIHOSO>\($0.kind)</LOAIHOSO><NOIDUNGFILE>\(content($0, reading, declared: declared))"
                        + "</NOIDUNGFILE></FILEHOSO>"
                }.joined(separator: "\n") + "</HOSO>"
        }.joined(separator: "\n")
        return Array(
            """
            \(declaration)
            <KHAMSUCKHOE><THONGTINDONVI><MACSKCB>8930000001013</MACSKCB></THONGTINDONVI><THONGTINHOSO>
            <NGAYLAP>20261121</NGAYLAP><SOLUONGHOSO>\(count ?? records.count)</SOLUONGHOSO><DANHSACHHOSO>\(body)</DANHSACHHOSO>
            </THONGTINHOSO><CHUKYDONVI>\(signature)</CHUKYDONVI></KHAMSUCKHOE>
            """.utf8)
    }

    /// The JSON twin. Numbers are written as such.
    static func json(_ records: [[Table]], _ reading: HealthCheckReadings.Content = .nested) throws -> [UInt8] {
        func object(_ table: Table) -> [String: Any] {
            var fields: [String: Any] = [:]
            for (name, value) in table.fields { fields[name.lowercased()] = name == "CHIEU_CAO" ? 168 : value }
            return [table.root.lowercased(): fields]
        }
        let files = try records.map { tables in
            [
                "filehoso": try tables.map { table -> [String: Any] in
                    let document = try JSONSerialization.data(withJSONObject: object(table))
                    let content: Any =
                        switch reading {
                        case .nested: object(table)
                        case .base64: document.base64EncodedString()
                        case .escaped: String(decoding: document, as: UTF8.self)
                        }
                    return ["loaihoso": table.kind, "noidungfile": content]
                }
            ]
        }
        let envelope: [String: Any] = [
            "khamsuckhoe": [
                "thongtindonvi": ["macskcb": "8930000001013"],
                "thongtinhoso": [
                    "ngaylap": "20261121", "soluonghoso": records.count, "danhsachhoso": ["hoso": files],
                ],
                "chukydonvi": ["cks_nguoi_ket_luan": "", "cks_benh_vien": "MII"],
            ]
        ]
        return Array(try JSONSerialization.data(withJSONObject: envelope))
    }
}

extension SampleHealthChecks {
    /// The tables with other values of fields.
    static func tables(_ values: [String: String]) -> [Table] {
        tables.map { table in
            (
                table.kind, table.root,
                table.fields.compactMap { name, value in
                    let changed = values["\(table.kind).\(name)"] ?? value
                    return changed == "-" ? nil : (name, changed)
                }
            )
        }
    }
}
