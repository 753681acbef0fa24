extension HeaderBlock {
    /// Sets a header to the bytes that `body` appends, by the place of its name in the registered list. Writes straight
    /// into the block's buffer; `body` must only append.
    public mutating func write(_ name: Int, _ body: (inout [UInt8]) -> Void) {
        let start = values.count
        body(&values)
        ranges[name] = ByteRange(start: start, count: values.count - start)
    }
}
