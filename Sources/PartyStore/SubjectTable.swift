import ExchangeSchema

/// Values under record identifiers, each at a place that stays as it is: whoever has found a subject once goes on with its
/// place. An identifier is 128 bits that are spread already, or nearly so, so mixing them with a secret of the process, which
/// nobody who sends identifiers knows, does in place of the twenty-fold work of a hash for everything. Places count in
/// the order of adding, so what is done in their order hangs on no hash.
struct SubjectTable<Value> {
    struct Entry {
        let subject: RecordIdentifier
        var value: Value
    }

    /// By place.
    private(set) var entries: [Entry] = []
    /// Places by hash, from 1; 0 is free. At most half of them are taken.
    private var index: [UInt32]
    private var mask: UInt64
    private let secret: (UInt64, UInt64)

    init() {
        index = [UInt32](repeating: 0, count: 1 << 10)
        mask = (1 << 10) - 1
        // Another at each start, but where hashing was asked to be the same.
        func draw(_ number: Int) -> UInt64 {
            var hasher = Hasher()
            hasher.combine(number)
            return UInt64(bitPattern: Int64(hasher.finalize()))
        }
        secret = (draw(1), draw(2))
    }

    var count: Int { entries.count }

    subscript(place: Int) -> Value {
        get { entries[place].value }
        _modify { yield &entries[place].value }
    }

    /// Where a subject's value is; nil for none.
    func place(of subject: RecordIdentifier) -> Int? {
        var slot = start(subject)
        while true {
            let found = Int(index[Int(slot)])
            if found == 0 { return nil }
            if entries[found - 1].subject == subject { return found - 1 }
            slot = (slot + 1) & mask
        }
    }

    /// Adds a value for a subject that has none.
    /// - Returns: Its place.
    mutating func add(_ value: Value, for subject: RecordIdentifier) -> Int {
        entries.append(Entry(subject: subject, value: value))
        if entries.count * 2 > index.count {
            grow()
        } else {
            enter(entries.count)
        }
        return entries.count - 1
    }

    private func start(_ subject: RecordIdentifier) -> UInt64 {
        let product = (subject.high ^ secret.0).multipliedFullWidth(by: subject.low ^ secret.1)
        return (product.high ^ product.low) & mask
    }

    private mutating func enter(_ number: Int) {
        var slot = start(entries[number - 1].subject)
        while index[Int(slot)] != 0 { slot = (slot + 1) & mask }
        index[Int(slot)] = UInt32(truncatingIfNeeded: number)
    }

    private mutating func grow() {
        index = [UInt32](repeating: 0, count: index.count * 2)
        mask = UInt64(index.count - 1)
        for number in 1...entries.count { enter(number) }
    }
}
