import ExchangeSchema
import PartyStore
import ProvinceWarehouse

/// Binds the values of a row one after the other. Texts are bound where they lie, among the bytes of the batch or in the
/// scratch, and not copied: what is bound is gone with the batch.
struct RowBinding {
    private let statement: Statement
    private let texts: RowTexts
    private var position: Int32 = 0

    init(_ statement: Statement, _ texts: RowTexts) {
        self.statement = statement
        self.texts = texts
    }

    mutating func add(_ text: TextPlace) throws {
        position += 1
        try statement.bind(borrowedText: texts.lying(at: text), at: position)
    }

    mutating func add(_ text: String?) throws {
        position += 1
        guard let text else { return try statement.bindNull(at: position) }
        if let made = texts.written(text) {
            try statement.bind(borrowedText: made, at: position)
        } else {
            try statement.bind(text: text, at: position)
        }
    }

    mutating func add(_ number: Int64?) throws {
        position += 1
        if let number { try statement.bind(number, at: position) } else { try statement.bindNull(at: position) }
    }

    mutating func add(_ number: Double?) throws {
        position += 1
        if let number { try statement.bind(real: number, at: position) } else { try statement.bindNull(at: position) }
    }

    /// A record, as its text.
    mutating func add(_ record: RecordIdentifier) throws {
        position += 1
        try statement.bind(borrowedText: texts.written(record), at: position)
    }

    /// A citizen's number, as twelve digits.
    mutating func add(citizen: UInt64) throws {
        position += 1
        try statement.bind(borrowedText: texts.digits(citizen, 12), at: position)
    }

    /// A minute or a day as the tables have it; empty for none.
    mutating func add(_ time: VisitTime?) throws {
        position += 1
        try statement.bind(borrowedText: texts.written(time), at: position)
    }

    /// A day as the tables have it; empty for none.
    mutating func add(_ day: CivilDate?) throws {
        position += 1
        try statement.bind(borrowedText: texts.written(day), at: position)
    }

    /// The month of a time, `2026-11`; empty for none.
    mutating func add(monthOf time: VisitTime?) throws {
        position += 1
        try statement.bind(borrowedText: texts.written(monthOf: time), at: position)
    }

    func run() throws {
        try statement.run()
        texts.finishRow()
    }
}

/// The texts of a row: those of the batch, and those that are made for the table.
final class RowTexts {
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1_024)
    private var used = 0

    deinit { scratch.deallocate() }

    /// Lends the bytes of a batch, for as long as the body runs.
    func lending<Result>(_ bytes: UnsafeRawBufferPointer, _ body: () throws -> Result) rethrows -> Result {
        self.bytes = bytes
        defer { self.bytes = UnsafeRawBufferPointer(start: nil, count: 0) }
        return try body()
    }

    func lying(at place: TextPlace) -> UnsafeRawBufferPointer {
        place.isEmpty
            ? UnsafeRawBufferPointer(start: nil, count: 0) : UnsafeRawBufferPointer(rebasing: bytes[place.range])
    }

    /// A short text of the program's own; nil for one that is long.
    func written(_ text: String) -> UnsafeRawBufferPointer? {
        let start = used
        guard text.utf8.count <= 64 else { return nil }
        for byte in text.utf8 { put(byte) }
        return made(since: start)
    }

    func written(_ record: RecordIdentifier) -> UnsafeRawBufferPointer {
        let (high, low) = (record.high, record.low)
        let start = used
        for (index, word) in [high, low].enumerated() {
            for shift in stride(from: 60, through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
                put(digit < 10 ? 0x30 + digit : 0x57 + digit)
                // Dashes stand behind 8, 12, 16 and 20 digits.
                if index == 0 ? shift == 32 || shift == 16 || shift == 0 : shift == 48 { put(0x2D) }
            }
        }
        return made(since: start)
    }

    func digits(_ number: UInt64, _ count: Int) -> UnsafeRawBufferPointer {
        let start = used
        put(number, count)
        return made(since: start)
    }

    func written(_ time: VisitTime?) -> UnsafeRawBufferPointer {
        let start = used
        if let time {
            put(time.date)
            if time.hasHour {
                put(0x20)
                put(UInt64(time.hour), 2)
                put(0x3A)
                put(UInt64(time.minute), 2)
            }
        }
        return made(since: start)
    }

    func written(_ day: CivilDate?) -> UnsafeRawBufferPointer {
        let start = used
        if let day { put(day) }
        return made(since: start)
    }

    func written(monthOf time: VisitTime?) -> UnsafeRawBufferPointer {
        let start = used
        if let time {
            put(time.date)
            used -= 3
        }
        return made(since: start)
    }

    func finishRow() { used = 0 }

    private func put(_ day: CivilDate) {
        let number = UInt64(day.number)
        put(number / 10_000, 4)
        put(0x2D)
        put(number / 100 % 100, 2)
        put(0x2D)
        put(number % 100, 2)
    }

    private func put(_ number: UInt64, _ count: Int) {
        let start = used
        used = start + count
        var (rest, place) = (number, start + count)
        while place > start {
            place -= 1
            scratch[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private func put(_ byte: UInt8) {
        scratch[used] = byte
        used += 1
    }

    private func made(since start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(scratch)[start..<used])
    }
}

extension StoreConnection {
    /// The one number that a statement answers.
    func number(_ sql: String) throws -> Int64 {
        let statement = try statement(sql)
        defer { statement.finalize() }
        return try statement.step() ? statement.integer(0) : 0
    }
}
