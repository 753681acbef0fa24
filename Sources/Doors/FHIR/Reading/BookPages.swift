import DoorHouse
import FHIRMapping

/// Writes the pages of a searchset. Their addresses name a person by the name that is sealed, and by no number.
struct BookPages {
    /// Most resources of a page.
    static let largest = 200

    /// The base of the server, as the client reaches it.
    let base: String
    /// The path below it.
    let path: String
    /// Parameters that a page's address repeats.
    var fields: [(name: String, value: String)]
    let size: Int
    let offset: Int

    /// - Throws: An answer of 400.
    init(
        _ request: DoorRequest, base: String, path: String, fields: [(name: String, value: String)],
        _ given: SearchFields, pageSize: Int
    ) throws(FHIRRefusal) {
        self.base = base
        self.path = path
        self.fields = fields
        size = min(try given.count("_count") ?? pageSize, Self.largest)
        offset = try given.count("_offset") ?? 0
    }

    func bundle(_ resources: [MappedResource], at time: Int64) -> FHIRValue {
        let page = resources.dropFirst(offset).prefix(size)
        var links = [("self", url(offset))]
        if size > 0 {
            if offset > 0 { links.append(("previous", url(max(0, offset - size)))) }
            if offset + size < resources.count { links.append(("next", url(offset + size))) }
        }
        return FHIRBundle.searchset(
            total: resources.count, links: links.map { (relation: $0.0, url: $0.1) },
            entries: page.map { (url: "\(base)/\($0.key.type.rawValue)/\($0.identifier)", resource: $0.value) },
            at: time)
    }

    private func url(_ offset: Int) -> String {
        var parts = fields.map { "\($0.name)=\(Self.escaped($0.value))" }
        parts.append("_count=\(size)")
        if offset > 0 { parts.append("_offset=\(offset)") }
        return "\(base)/\(path)?\(parts.joined(separator: "&"))"
    }

    /// Percent-encoded, but for what RFC 3986 leaves alone everywhere.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var escaped = String.UnicodeScalarView()
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: escaped.append(Unicode.Scalar(byte))
            default: escaped += [Unicode.Scalar(0x25), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(escaped)
    }
}
