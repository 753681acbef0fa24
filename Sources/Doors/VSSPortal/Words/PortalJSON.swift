/// An object of JSON whose fields are written one after the other, in the order of the alphabet: the bytes are those of
/// `PortalWriter.json`, which looks for what the fields are anew each time. For answers that are asked for by the thousand.
protocol PortalObject: Encodable {
    /// Writes the fields, in the order of their names.
    func write(into json: inout PortalJSON)
}

/// JSON on its way out.
struct PortalJSON {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// The text of an object.
    static func text(of object: some PortalObject) -> [UInt8] {
        var json = PortalJSON()
        json.bytes.reserveCapacity(1_024)
        json.value(object)
        return json.bytes
    }

    /// A text.
    mutating func field(_ name: StaticString, _ value: String) {
        begin(name)
        text(value)
    }

    /// A list of objects.
    mutating func field(_ name: StaticString, _ values: [some PortalObject]) {
        begin(name)
        bytes.append(0x5B)
        for (place, object) in values.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            value(object)
        }
        bytes.append(0x5D)
        isFirst = false
    }

    private mutating func value(_ object: some PortalObject) {
        bytes.append(0x7B)
        isFirst = true
        object.write(into: &self)
        bytes.append(0x7D)
        isFirst = false
    }

    private mutating func begin(_ name: StaticString) {
        if !isFirst { bytes.append(0x2C) }
        isFirst = false
        bytes.append(0x22)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(0x3A)
    }

    private mutating func text(_ value: String) {
        bytes.append(0x22)
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x08: bytes += [0x5C, 0x62]
            case 0x09: bytes += [0x5C, 0x74]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x0C: bytes += [0x5C, 0x66]
            case 0x0D: bytes += [0x5C, 0x72]
            case 0..<0x20:
                let digit = byte & 0xF
                bytes += [0x5C, 0x75, 0x30, 0x30, 0x30 + byte >> 4, digit < 10 ? 0x30 + digit : 0x57 + digit]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}

extension CardReply: PortalObject {
    func write(into json: inout PortalJSON) {
        json.field("cqBHXH", cqBHXH)
        json.field("diaChi", diaChi)
        json.field("dsLichSuKCB2018", dsLichSuKCB2018)
        json.field("dsLichSuKT2018", dsLichSuKT2018)
        json.field("ghiChu", ghiChu)
        json.field("gioiTinh", gioiTinh)
        json.field("gtTheDen", gtTheDen)
        json.field("gtTheDenMoi", gtTheDenMoi)
        json.field("gtTheTu", gtTheTu)
        json.field("gtTheTuMoi", gtTheTuMoi)
        json.field("hoTen", hoTen)
        json.field("maDKBD", maDKBD)
        json.field("maDKBDMoi", maDKBDMoi)
        json.field("maKV", maKV)
        json.field("maKetQua", maKetQua)
        json.field("maSoBHXH", maSoBHXH)
        json.field("maThe", maThe)
        json.field("maTheCu", maTheCu)
        json.field("maTheMoi", maTheMoi)
        json.field("ngayDu5Nam", ngayDu5Nam)
        json.field("ngaySinh", ngaySinh)
        json.field("tenDKBDMoi", tenDKBDMoi)
    }
}

extension HistoryReply: PortalObject {
    func write(into json: inout PortalJSON) {
        json.field("dsLichSuKCB2025", dsLichSuKCB2025)
        json.field("dsLichSuKT2025", dsLichSuKT2025)
        json.field("ghiChu", ghiChu)
        json.field("maKetQua", maKetQua)
    }
}

extension CardReplyVisit: PortalObject {
    func write(into json: inout PortalJSON) {
        json.field("kqDieuTri", kqDieuTri)
        json.field("lyDoVV", lyDoVV)
        json.field("maCSKCB", maCSKCB)
        json.field("maHoSo", maHoSo)
        json.field("ngayRa", ngayRa)
        json.field("ngayVao", ngayVao)
        json.field("tenBenh", tenBenh)
        json.field("tinhTrang", tinhTrang)
    }
}

extension CardReplyInquiry: PortalObject {
    func write(into json: inout PortalJSON) {
        json.field("maLoi", maLoi)
        json.field("thoiGianKT", thoiGianKT)
        json.field("thongBao", thongBao)
        json.field("userKT", userKT)
    }
}
