/// Writes protobuf fields of text, in the order and form in which the generated code writes them.
///
/// Protocol Buffers encoding: a tag (field number × 8 + 2), the length, the bytes. Empty fields are left out, as
/// proto3 leaves them out. A visit has some two hundred fields of a few bytes each. So the writer has memory of its own: a
/// field's room is looked after once, and its bytes are stored without further checks.
struct FieldWriter: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0
    /// The day that was written last, and its number yyyymmdd: nearly all times of a visit are of one day.
    private var (day, dayNumber) = (Int.min, 0)

    /// Tags and lengths, and digits that are stored eight at a time: so many bytes more than a field has are there.
    private static let margin = 16

    /// Nothing is written yet.
    init(capacity: Int = 512) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// The fields that a body writes, for tables of what is always the same.
    static func encode(_ body: (inout FieldWriter) -> Void) -> [UInt8] {
        var writer = FieldWriter()
        body(&writer)
        var fields: [UInt8] = []
        writer.move(to: &fields)
        return fields
    }

    /// Puts what was written in place of what `bytes` holds, and begins anew.
    mutating func move(to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
        count = 0
    }

    /// A text.
    @inline(__always)
    mutating func text(_ field: Int, _ value: String) {
        var value = value
        value.withUTF8 { if !$0.isEmpty { Self.copy($0, to: begin(field, $0.count)) } }
    }

    /// Bytes that were encoded before, or are a part of a text.
    @inline(__always)
    mutating func encoded(_ fields: [UInt8]) { fields.withUnsafeBufferPointer { Self.copy($0, to: room($0.count)) } }

    /// A part of a text.
    @inline(__always)
    mutating func part(_ text: String) {
        var text = text
        text.withUTF8 { Self.copy($0, to: room($0.count)) }
    }

    /// A number with leading zeros.
    @inline(__always)
    mutating func digits(_ field: Int, _ value: UInt64, count: Int) {
        Decimal.store(value, count: count, at: begin(field, count))
    }

    /// Two numbers with leading zeros, one behind the other.
    @inline(__always)
    mutating func digits(_ field: Int, _ value: UInt64, count: Int, then next: UInt64, count nextCount: Int) {
        let place = begin(field, count + nextCount)
        Decimal.store(value, count: count, at: place)
        Decimal.store(next, count: nextCount, at: place + count)
    }

    /// Digits that are a part of a text.
    @inline(__always)
    mutating func digits(_ value: UInt64, count: Int) { Decimal.store(value, count: count, at: room(count)) }

    /// A number without leading zeros.
    @inline(__always)
    mutating func number(_ field: Int, _ value: UInt64) {
        if value < 10 {
            begin(field, 1)[0] = 0x30 + UInt8(truncatingIfNeeded: value)
        } else {
            digits(field, value, count: Decimal.length(value))
        }
    }

    /// An amount in dong with two places after the dot, as the annex asks; zero is written `0`.
    @inline(__always)
    mutating func amount(_ field: Int, _ dong: UInt64) {
        if dong == 0 { return number(field, 0) }
        let length = Decimal.length(dong)
        let place = begin(field, length + 3)
        Decimal.store(dong, count: length, at: place)
        Self.put((0x2E, 0x30, 0x30), at: place + length)
    }

    /// A number with one place after the dot.
    @inline(__always)
    mutating func tenths(_ field: Int, _ value: UInt64) {
        let length = Decimal.length(value / 10)
        let place = begin(field, length + 2)
        Decimal.store(value / 10, count: length, at: place)
        place[length] = 0x2E
        place[length + 1] = 0x30 + UInt8(truncatingIfNeeded: value % 10)
    }

    /// A number with two places after the dot.
    @inline(__always)
    mutating func hundredths(_ field: Int, _ value: UInt64) {
        let length = Decimal.length(value / 100)
        let place = begin(field, length + 3)
        Decimal.store(value / 100, count: length, at: place)
        let last = value % 100
        Self.put(
            (0x2E, 0x30 + UInt8(truncatingIfNeeded: last / 10), 0x30 + UInt8(truncatingIfNeeded: last % 10)),
            at: place + length)
    }

    /// A time, yyyymmddHHMM, of a local minute since 1970.
    @inline(__always)
    mutating func time(_ field: Int, minute: Int) {
        let (day, rest) = minute.quotientAndRemainder(dividingBy: 1_440)
        if day != self.day { (self.day, dayNumber) = (day, DayNumber.yyyymmdd(day)) }
        let place = begin(field, 12)
        Decimal.store(UInt64(truncatingIfNeeded: dayNumber), count: 8, at: place)
        Decimal.store(UInt64(truncatingIfNeeded: rest / 60 * 100 + rest % 60), count: 4, at: place + 8)
    }

    /// Year and month of a local minute since 1970.
    @inline(__always)
    mutating func month(_ year: Int, _ month: Int, minute: Int) {
        let number = UInt64(DayNumber.yyyymmdd(minute / 1_440))
        digits(year, number / 10_000, count: 4)
        digits(month, number / 100 % 100, count: 2)
    }

    /// A message or a text of parts inside this one, shorter than 16,384 bytes.
    @inline(__always)
    mutating func message(_ field: Int, _ body: (inout FieldWriter) -> Void) {
        // Room for a length of two bytes, which nearly every row has.
        _ = begin(field, 1)
        let start = count
        body(&self)
        let length = count - start
        if length < 0x80 {
            base[start - 2] = UInt8(truncatingIfNeeded: length)
            (base + start - 1).update(from: base + start, count: length)
            count -= 1
        } else {
            base[start - 2] = UInt8(truncatingIfNeeded: length) | 0x80
            base[start - 1] = UInt8(truncatingIfNeeded: length >> 7)
        }
    }

    /// Writes tag and length of a field, and makes room for its bytes. Field numbers here are below 2,048 and lengths below
    /// 16,384.
    @inline(__always)
    private mutating func begin(_ field: Int, _ length: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < length + Self.margin { grow(by: length + Self.margin) }
        var place = base + count
        let tag = field << 3 | 2
        if tag < 0x80 {
            place[0] = UInt8(truncatingIfNeeded: tag)
            place += 1
        } else {
            place[0] = UInt8(truncatingIfNeeded: tag) | 0x80
            place[1] = UInt8(truncatingIfNeeded: tag >> 7)
            place += 2
        }
        if length < 0x80 {
            place[0] = UInt8(truncatingIfNeeded: length)
            place += 1
        } else {
            place[0] = UInt8(truncatingIfNeeded: length) | 0x80
            place[1] = UInt8(truncatingIfNeeded: length >> 7)
            place += 2
        }
        count = place - base + length
        return place
    }

    /// Makes room for bytes without tag and length.
    @inline(__always)
    private mutating func room(_ length: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < length + Self.margin { grow(by: length + Self.margin) }
        defer { count += length }
        return base + count
    }

    @inline(never)
    private mutating func grow(by length: Int) {
        let larger = max(capacity * 2, count + length)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        (base, capacity) = (moved, larger)
    }

    @inline(__always)
    private static func copy(_ bytes: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) {
        if let start = bytes.baseAddress { place.update(from: start, count: bytes.count) }
    }

    @inline(__always)
    private static func put(_ bytes: (UInt8, UInt8, UInt8), at place: UnsafeMutablePointer<UInt8>) {
        (place[0], place[1], place[2]) = bytes
    }
}
