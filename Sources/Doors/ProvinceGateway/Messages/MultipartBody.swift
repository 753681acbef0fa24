/// A body of multipart/form-data (RFC 7578), as far as a gateway needs it: the parts by their names.
struct MultipartBody {
    private(set) var parts: [String: [UInt8]] = [:]

    /// Most parts; a gateway wants two.
    private static let limit = 32

    /// Nil where the body is none, is cut, or has a part twice.
    init?(_ body: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count) else {
            return nil
        }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first boundary may stand without a line end before it.
        let bytes = [0x0D, 0x0A] + body
        guard var at = Self.place(of: mark, in: bytes, from: 0).map({ $0 + mark.count }) else { return nil }
        while !bytes[at...].starts(with: Array("--".utf8)) {
            guard bytes[at...].starts(with: [0x0D, 0x0A]), let end = Self.place(of: mark, in: bytes, from: at),
                let head = Self.place(of: Array("\r\n\r\n".utf8), in: bytes, from: at), head < end, head >= at + 2,
                let name = Self.name(bytes[(at + 2)..<head]), parts.count < Self.limit,
                parts.updateValue(Array(bytes[(head + 4)..<max(end, head + 4)]), forKey: name) == nil
            else { return nil }
            at = end + mark.count
        }
    }

    private static func name(_ head: ArraySlice<UInt8>) -> String? {
        for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n") {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, field[0].lowercased() == "content-disposition" else { continue }
            return parameter("name", of: String(field[1]))
        }
        return nil
    }

    private static func parameter(_ name: String, of value: String) -> String? {
        for part in value.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            let text = pair[1].filter { $0 != " " && $0 != "\"" }
            return text.isEmpty ? nil : text
        }
        return nil
    }

    private static func place(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + mark.count <= bytes.count, let first = bytes[at...].firstIndex(of: mark[0]) {
            if bytes[first...].starts(with: mark) { return first }
            at = first + 1
        }
        return nil
    }
}
