/// Lines that end with a line break, and what follows those read.
struct NoteLines {
    var rest: ArraySlice<UInt8>

    /// The next line without its line break; nil when none ends.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }
}
