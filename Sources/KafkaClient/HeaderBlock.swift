/// The headers of a record to be sent, made to be filled again for the next one without an allocation.
///
/// The names are registered once and keep their order on the wire; values that were not set are not sent.
public struct HeaderBlock: Sendable {
    let names: HeaderNames
    var values: [UInt8] = []
    var ranges: [ByteRange]
    /// Headers beyond the registered ones: for a dead-letter copy.
    var extraNames: [String] = []
    var extraRanges: [ByteRange] = []

    /// A block with these names, all unset.
    public init(names: [String]) {
        self.names = HeaderNames(names)
        ranges = Array(repeating: .absent, count: names.count)
    }

    /// Unsets all values and drops what was appended.
    public mutating func clear() {
        values.removeAll(keepingCapacity: true)
        for index in ranges.indices { ranges[index] = .absent }
        if !extraNames.isEmpty {
            extraNames.removeAll()
            extraRanges.removeAll()
        }
    }

    /// Sets a header to a text, by the place of its name in the registered list.
    public mutating func set(_ name: Int, to text: String) {
        let start = values.count
        values.append(contentsOf: text.utf8)
        ranges[name] = ByteRange(start: start, count: values.count - start)
    }

    /// Sets a header to bytes, which may be any.
    public mutating func set(_ name: Int, to bytes: some Collection<UInt8>) {
        let start = values.count
        values.append(contentsOf: bytes)
        ranges[name] = ByteRange(start: start, count: values.count - start)
    }

    /// Takes a header's value as it stands in a consumed batch; an absent one unsets the header.
    public mutating func set(_ name: Int, to range: ByteRange, in batch: ConsumedBatch) {
        guard !range.isAbsent else {
            ranges[name] = .absent
            return
        }
        let start = values.count
        values.append(contentsOf: batch.arena[range.bounds])
        ranges[name] = ByteRange(start: start, count: range.count)
    }

    /// Adds a header whose name is not registered, after the registered ones; slower.
    public mutating func append(name: String, value: some Collection<UInt8>) {
        let start = values.count
        values.append(contentsOf: value)
        extraNames.append(name)
        extraRanges.append(ByteRange(start: start, count: values.count - start))
    }
}
