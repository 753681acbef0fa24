/// Follows chunks from the commit that wrote them to the commit that takes them out, whatever the log does in between.
struct Outbox: Sendable {
    /// Chunks on their way, with the number of their records.
    private var underWay: [Int64: Int] = [:]
    /// Chunks to be sent again, in order.
    private var unsent: ArraySlice<Int64>
    /// Chunks that the log has confirmed, to be taken out of the store.
    private var confirmed: [Int64] = []
    /// Records on their way, or to be sent again. A chunk of a former process counts as one.
    private(set) var records: Int

    /// - Parameter unsent: Chunks that the store holds, oldest first.
    init(unsent: [Int64]) {
        self.unsent = unsent[...]
        for number in unsent { underWay[number] = 1 }
        records = unsent.count
    }

    /// Whether nothing waits for a confirmation.
    var isEmpty: Bool { underWay.isEmpty }

    mutating func add(_ number: Int64, records count: Int) {
        underWay[number] = count
        records += count
    }

    mutating func confirm(_ numbers: [Int64]) {
        for number in numbers {
            // A copy of one that was confirmed before has no second effect.
            guard let count = underWay.removeValue(forKey: number) else { continue }
            records -= count
            confirmed.append(number)
        }
    }

    mutating func fail(_ numbers: [Int64]) {
        for number in numbers where underWay[number] != nil { unsent.append(number) }
    }

    /// The next chunk to be sent again, once; nil for none.
    mutating func nextUnsent() -> Int64? { unsent.popFirst() }

    /// The confirmed chunks, once.
    mutating func takeConfirmed() -> [Int64] {
        defer { confirmed.removeAll() }
        return confirmed
    }
}
