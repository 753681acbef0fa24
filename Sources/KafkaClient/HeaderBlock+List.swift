import CRdKafka

extension HeaderBlock {
    /// The list librdkafka takes with a message; nil when no header is set. The caller gives it on or destroys it.
    borrowing func makeList() -> OpaquePointer? {
        var set = extraNames.count
        for range in ranges where !range.isAbsent { set += 1 }
        guard set > 0, let list = unsafe rd_kafka_headers_new(set) else { return nil }
        unsafe values.withUnsafeBytes { values in
            unsafe names.bytes.withUnsafeBufferPointer { names in
                guard let base = names.baseAddress else { return }
                for (index, range) in ranges.enumerated() where !range.isAbsent {
                    let name = unsafe base + self.names.starts[index]
                    unsafe HeaderBlock.add(name, self.names.length(index), range, of: values, to: list)
                }
            }
            for (name, range) in zip(extraNames, extraRanges) {
                unsafe HeaderBlock.add(name, name.utf8.count, range, of: values, to: list)
            }
        }
        return unsafe list
    }

    private static func add(
        _ name: UnsafePointer<CChar>, _ nameCount: Int, _ range: ByteRange, of values: UnsafeRawBufferPointer,
        to list: OpaquePointer
    ) {
        // An empty value needs some address: a null pointer would make it a header without a value.
        let value = unsafe values.baseAddress.map { unsafe $0 + Int(range.start) } ?? UnsafeRawPointer(name)
        _ = unsafe rd_kafka_header_add(list, name, nameCount, value, range.count)
    }
}
