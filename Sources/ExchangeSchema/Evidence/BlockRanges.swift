/// Where the contents of the blocks lie in an encoded message (Protocol Buffers, "Encoding": tags, varints, lengths), and where
/// its tables lie.
///
/// Whatever the bytes are, they are cut into parts from which they can be put together again in one way only: the first
/// field with a block's number is the block, and behind bytes that are no fields nothing is looked for.
struct BlockRanges {
    private(set) var ranges: InlineArray<4, Range<Int>> = .init(repeating: 0..<0)
    /// The tables; none where they do not lie as they must (``TableRanges``).
    private(set) var tables = TableRanges()

    init(_ bytes: UnsafeRawBufferPointer, fields: (first: UInt64, count: Int)) {
        if !walk(bytes, fields) { tables.spoil() }
    }

    /// - Returns: Whether the bytes are fields to their end.
    private mutating func walk(_ bytes: UnsafeRawBufferPointer, _ fields: (first: UInt64, count: Int)) -> Bool {
        var seen: InlineArray<4, Bool> = .init(repeating: false)
        var at = 0
        while at < bytes.count {
            let start = at
            guard let tag = Self.varint(bytes, &at) else { return false }
            let number = tag >> 3
            var content = 0..<0
            switch tag & 7 {
            case 0:
                guard Self.varint(bytes, &at) != nil else { return false }
            case 1: at += 8
            case 2:
                guard let length = Self.varint(bytes, &at), length <= UInt64(bytes.count - at) else { return false }
                content = at..<at + Int(length)
                let block = number &- fields.first
                if block < UInt64(fields.count), !seen[Int(block)] {
                    seen[Int(block)] = true
                    ranges[Int(block)] = content
                }
                at += Int(length)
            case 5: at += 4
            default: return false
            }
            if number >= TableRanges.field || tables.isBegun {
                tables.pass(number, start..<at, UnsafeRawBufferPointer(rebasing: bytes[content]))
            }
        }
        return at == bytes.count
    }

    static func varint(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard at < bytes.count else { return nil }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}

/// Where the tables of an encoded message lie: whole fields, with tag and length, so that what is left does not tell which
/// tables there were, nor how many.
///
/// They are cut out only where they lie in one run, in the order of their numbers and each once, behind all fields with lower
/// numbers and before all with higher ones, in a message that consists of fields to its end. Then the place of the run in what
/// is left is known, and there is one way only to put the message together. Any other message keeps its tables in the rest.
struct TableRanges {
    /// Number of the field, the same in every message that carries tables.
    static let field: UInt64 = 20

    /// Each table's whole field; empty for one that is not there.
    private(set) var fields: InlineArray<11, Range<Int>> = .init(repeating: 0..<0)
    /// All of them together; empty when there are none.
    private(set) var run: Range<Int> = 0..<0
    private(set) var isBegun = false
    private var last = -1
    private var isOver = false
    private var isSpoilt = false

    var isEmpty: Bool { run.isEmpty }

    /// Passes a field of the message.
    /// - Parameters:
    ///   - number: The field's number.
    ///   - field: Where it lies, with tag and length.
    ///   - content: What it has, where it is of bytes.
    mutating func pass(_ number: UInt64, _ field: Range<Int>, _ content: UnsafeRawBufferPointer) {
        guard !isSpoilt else { return }
        isBegun = true
        if number > Self.field { return isOver = true }
        guard number == Self.field, !isOver, let place = Self.place(content), place > last else { return spoil() }
        last = place
        fields[place] = field
        run = (run.isEmpty ? field.lowerBound : run.lowerBound)..<field.upperBound
    }

    /// Nothing is cut out.
    mutating func spoil() {
        isSpoilt = true
        isBegun = true
        run = 0..<0
        fields = .init(repeating: 0..<0)
    }

    /// The place of a table by its name; nil for anything but an encoded `CarriedTable` of a name, rows, and nothing else.
    private static func place(_ content: UnsafeRawBufferPointer) -> Int? {
        guard content.count >= 6, content[0] == 0x0A, content[1] == 4 || content[1] == 5,
            content.count >= 2 + Int(content[1]), content[2] == 0x58, content[3] == 0x4D, content[4] == 0x4C
        else { return nil }
        var at = 2 + Int(content[1])
        if at < content.count {
            guard content[at] == 0x12 else { return nil }
            at += 1
            guard let length = BlockRanges.varint(content, &at), length == UInt64(content.count - at) else {
                return nil
            }
        }
        let first = Int(content[5]) - 0x30
        if content[1] == 4 { return first == 0 ? 0 : (6...9).contains(first) ? first - 5 : nil }
        let second = Int(content[6]) - 0x30
        return first == 1 && (0...5).contains(second) ? second + 5 : nil
    }
}
