/// Finds the bytes of CHUKYDONVI in a file that comes in pieces. The parser gives no byte positions, and a signature is of
/// use only byte for byte; base64 has no `<`, so the tag can be looked for in the text of the file.
final class SignatureText {
    private static let limit = 1_000_000
    private static let opening = Array("<CHUKYDONVI".utf8)
    private static let closing = Array("</CHUKYDONVI".utf8)

    private enum Place { case before, inTag, inside, after, lost }
    private var place = Place.before
    private var content: [UInt8] = []
    /// The end of the last piece, when a tag may begin in it.
    private var tail: [UInt8] = []

    /// The bytes between the tags, or nil when the element is empty, missing, too long, or cannot be told apart because
    /// its tag also stands elsewhere (in a comment, say).
    var found: [UInt8]? {
        place == .after && !content.allSatisfy { $0 <= 0x20 } ? content : nil
    }

    /// Takes the next piece; an empty one is the end.
    func take(_ piece: [UInt8]) {
        guard place != .lost else { return }
        let bytes = tail + piece
        tail = []
        var index = 0
        while index < bytes.count, place != .lost {
            switch place {
            case .inTag:
                guard let end = bytes[index...].firstIndex(of: 0x3E) else { return }
                index = end + 1
                place = .inside
            default:
                let next = bytes[index...].firstIndex(of: 0x3C) ?? bytes.count
                if place == .inside { keep(bytes[index..<next]) }
                index = next
                guard index < bytes.count else { return }
                if !piece.isEmpty, bytes.count - index < Self.closing.count {
                    tail = Array(bytes[index...])
                    return
                }
                index = takeTag(bytes, at: index)
            }
        }
    }

    private func takeTag(_ bytes: [UInt8], at index: Int) -> Int {
        let rest = bytes[index...]
        if rest.starts(with: Self.opening) {
            place = place == .before ? .inTag : .lost
            return index + Self.opening.count
        }
        if rest.starts(with: Self.closing) {
            place = place == .inside ? .after : .lost
            return index + Self.closing.count
        }
        if place == .inside { keep(rest.prefix(1)) }
        return index + 1
    }

    private func keep(_ bytes: ArraySlice<UInt8>) {
        content.append(contentsOf: bytes)
        if content.count > Self.limit { place = .lost }
    }
}
