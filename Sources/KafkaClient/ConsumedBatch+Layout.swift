/// Whole records, for those who keep them as they came.
extension ConsumedBatch {
    /// The lengths of a record's parts in their order, -1 for a part that is absent: key, value, and then name and value
    /// of each header. The parts lie end to end in the bytes that ``withWhole(_:_:)`` lends.
    ///
    /// - Parameter lengths: emptied, then filled; pass the same one each time.
    public func layout(of record: ConsumedRecord, into lengths: inout [Int32]) {
        lengths.removeAll(keepingCapacity: true)
        lengths.append(record.key.rawCount)
        lengths.append(record.value.rawCount)
        let first = Int(record.firstHeader)
        for place in first..<first + Int(record.headerCount) {
            lengths.append(headers[place].name.rawCount)
            lengths.append(headers[place].value.rawCount)
        }
    }

    /// Lends key, value and headers of a record, end to end, without a copy: the filler puts them so.
    public func withWhole<Result, Failure: Error>(
        _ record: ConsumedRecord, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var total = record.key.count + record.value.count
        let first = Int(record.firstHeader)
        var start = record.key.isAbsent ? record.value.start : record.key.start
        if record.key.isAbsent, record.value.isAbsent, record.headerCount > 0 { start = headers[first].name.start }
        for place in first..<first + Int(record.headerCount) {
            total += headers[place].name.count + headers[place].value.count
        }
        let bounds = Int(start)..<Int(start) + total
        return try body(unsafe arena.span.bytes.extracting(total == 0 ? 0..<0 : bounds))
    }
}
