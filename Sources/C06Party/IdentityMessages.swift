import ExchangeSchema

// A check is read, and its answer written, where it lies: every visit brings one of each.

extension IdentityCheck {
    private static let plain = PlainMessage.Shape(texts: [1, 3, 4, 5], numbers: [2])

    /// Reads a check that must be about this record.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    init(reading payload: RawSpan, about record: RecordIdentifier) throws(UnreadablePayload) {
        let check = payload.withBytes { bytes -> IdentityCheck? in
            guard let message = PlainMessage(Self.plain, bytes, about: record) else { return nil }
            var check = IdentityCheck()
            check.recordID = message.text(1).string(in: bytes)
            check.revision = message.revision
            check.citizenNumber = message.text(3).string(in: bytes)
            check.fullName = message.text(4).string(in: bytes)
            check.birthDate = message.text(5).string(in: bytes)
            return check
        }
        if let check {
            self = check
        } else {
            try self.init(decoding: payload, about: record)
        }
    }
}

extension IdentityResult {
    /// Writes its bytes.
    func write(to message: inout MessageWriter) {
        message.write(1, text: recordID)
        message.write(2, UInt64(revision))
        message.write(3, UInt64(outcome.rawValue))
        message.write(4, UInt64(mismatchReason.rawValue))
        message.write(5, UInt64(civilStatus.rawValue))
        message.write(6, text: citizenNumber)
        message.write(7, text: movedToProvince)
        message.write(8, signed: checkedAt)
        message.write(9, text: diedOn)
        message.write(10, text: movedOn)
        message.write(11, text: movedFromProvince)
        message.write(12, numberReplaced ? 1 : 0)
        message.write(13, text: numberSince)
    }
}
