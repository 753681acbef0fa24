import ExchangeSchema

extension RawSpan {
    /// The bytes as an array.
    var copied: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension KeptSubmission {
    /// What is kept of a record while it is pending: the record as it came, but for fields that its message has not and in
    /// which MoH keeps something of its own. Whoever sent it could say there what he likes.
    /// - Parameters:
    ///   - payload: A message that can be read.
    ///   - own: The numbers of these fields.
    static func bytes(of payload: RawSpan, without own: ClosedRange<Int>) -> [UInt8] {
        payload.withBytes { bytes in
            var fields = EncodedFields(bytes.indices)
            var kept: [UInt8] = []
            var start = fields.at
            while fields.next(in: bytes) {
                if !own.contains(fields.number) {
                    bytes.extracting(start..<fields.at).withUnsafeBytes { kept.append(contentsOf: $0) }
                }
                start = fields.at
            }
            return kept
        }
    }
}
