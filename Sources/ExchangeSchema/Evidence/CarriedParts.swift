public import Vocabulary

extension RecordPartSet {
    /// The parts of a visit that a message has.
    /// - Parameter type: What it is; a message of another kind has none.
    public init(of payload: RawSpan, type: MessageType) {
        self = []
        guard let fields = type.blockFields else { return }
        let found = payload.withUnsafeBytes { BlockRanges($0, fields: fields) }
        for place in 0..<fields.count where !found.ranges[place].isEmpty { insert(PayloadPart.block(place)) }
        if found.tables.isEmpty {
            // Tables that do not lie as they must are no parts of the digest, and are there all the same.
            if found.tables.isBegun { self.formUnion(RecordPartSet(Self.tables(of: payload, type))) }
        } else {
            for place in 0..<TableSalts.count where !found.tables.fields[place].isEmpty {
                insert(PayloadPart.table(place))
            }
        }
    }

    private mutating func insert(_ part: PayloadPart) {
        if let part = part.recordPart { formUnion(RecordPartSet([part])) }
    }

    private static func tables(of payload: RawSpan, _ type: MessageType) -> [RecordPart] {
        let tables: [CarriedTable]? =
            switch type {
            case .facilityRecord: try? FacilityRecord(decoding: payload).tables
            case .acceptedRecord: try? AcceptedRecord(decoding: payload).tables
            case .assessedRecord: try? AssessedRecord(decoding: payload).tables
            case .bookEntry: try? BookEntry(decoding: payload).tables
            default: nil
            }
        return tables?.compactMap(\.part) ?? []
    }
}
