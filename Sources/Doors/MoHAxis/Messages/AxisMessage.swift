/// A message as it was posted: its parts as bytes and as values.
struct AxisMessage: Sendable {
    var header = AxisHeader()
    /// `header` as it stands in the message.
    var headerText: [UInt8] = []
    /// `data` as it stands in the message; nil where there is none.
    var dataText: ArraySlice<UInt8>?
    /// `signature`; empty where there is none.
    var signature = ""

    /// Takes a body apart.
    /// - Throws: Why it is no message.
    init(_ body: [UInt8]) throws(AxisRefusal) {
        let members: RawMembers
        do {
            members = try RawMembers(body)
        } catch {
            switch error {
            case .notAnObject: throw .invalid("nội dung không phải đối tượng JSON", "the body is no object of JSON")
            case .repeated(let name):
                let name = AxisHeader.shown(name)
                throw .invalid("\(name) xuất hiện hai lần", "\(name) stands twice in the body")
            }
        }
        guard let text = members.values["header"], let header = AxisHeader(text) else {
            throw .invalid("thiếu header", "header is missing or no object")
        }
        self.header = header
        headerText = Array(text)
        dataText = members.values["data"]
        if let text = members.values["signature"] { signature = Self.string(text) }
    }

    /// A string of JSON; empty for null and for anything else.
    private static func string(_ text: ArraySlice<UInt8>) -> String {
        guard text.first == 0x22, text.count >= 2 else { return "" }
        return String(decoding: text.dropFirst().dropLast(), as: UTF8.self).replacing("\\/", with: "/")
    }
}
