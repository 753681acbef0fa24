/// Both histories in one message, for those who did not see them (simulator-defined):
///
///     seen LENGTH
///     NOTE
///     shown LENGTH
///     NOTE
///
/// The lengths are of the notes in bytes. It proves something only where ``SplitView/isProven(under:)`` says so.
extension SplitView {
    /// The notice as it is sent.
    public var bytes: [UInt8] {
        let (seen, shown) = (seen.bytes, shown.bytes)
        return Array("seen \(seen.count)\n".utf8) + seen + Array("shown \(shown.count)\n".utf8) + shown
    }

    /// Reads a notice; nil when it is none. Nothing in it is believed yet.
    public init?(_ bytes: [UInt8]) {
        var lines = NoteLines(rest: bytes[...])
        guard let seen = Self.note("seen ", &lines), let shown = Self.note("shown ", &lines), lines.rest.isEmpty,
            let origin = (try? Checkpoint(text: seen.text))?.origin
        else { return nil }
        self.init(origin: origin, seen: seen, shown: shown)
    }

    private static func note(_ name: String, _ lines: inout NoteLines) -> SignedNote? {
        guard let head = lines.next(), head.starts(with: name.utf8),
            let count = Decimal.decode(head.dropFirst(name.utf8.count)), count <= UInt64(lines.rest.count)
        else { return nil }
        defer { lines.rest = lines.rest.dropFirst(Int(count)) }
        return try? SignedNote(Array(lines.rest.prefix(Int(count))))
    }
}
