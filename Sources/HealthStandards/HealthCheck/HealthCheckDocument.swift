import ExchangeSchema

/// Collects the health checks of an envelope while it is walked.
final class HealthCheckDocument: XMLHandler {
    private(set) var rootName = ""
    private(set) var head: [String: String] = [:]
    private(set) var headProblems: [EnvelopeProblem] = []
    private(set) var recordCount = 0
    /// Elements of CHUKYDONVI in which something stands.
    private(set) var signatures: Set<String> = []
    private(set) var wantsMore = true

    private let take: (RawHealthCheck) -> Bool
    private var places: [(place: EnvelopePlace, name: String)] = [(.document, "")]
    private var text = ""
    private var content: [UInt8] = []
    private var kind = ""
    private var tables: [(root: String, rows: [[OtherField]])] = []
    private var record = RawHealthCheck(ordinal: 1)
    /// The table that is nested in NOIDUNGFILE, and how deep the walk is in it.
    private var nested: (document: CarriedDocument, depth: Int)?

    /// Hands each record over as soon as it is closed; false says that no more is wanted.
    init(_ take: @escaping (RawHealthCheck) -> Bool) { self.take = take }

    private var place: EnvelopePlace { places.last?.place ?? .other }

    func start(_ name: String, line: Int) {
        if let (document, depth) = nested {
            document.start(name, line: line)
            nested = (document, depth + 1)
            return
        }
        if case .content = place {
            let document = CarriedDocument(kind, problems: record.problems)
            document.start(name, line: line)
            nested = (document, 1)
            record.contents.insert(.nested)
            return
        }
        let here = place.child(name, root: HealthCheckReader.root)
        if case .document = place { rootName = name }
        noteSignature(holding: true)
        places.append((here, name))
        switch here {
        case .visit: record = RawHealthCheck(ordinal: recordCount + 1)
        case .file: (kind, content, tables) = ("", [], [])
        case .facilityCode where head[name] != nil, .createdOn where head[name] != nil, .count where head[name] != nil:
            if headProblems.count < VisitProblems.limit {
                headProblems.append(EnvelopeProblem(field: name, rule: .repeatedField, line: line))
            }
        default: break
        }
        text = ""
    }

    func text(_ piece: String) {
        if let (document, _) = nested {
            if isWithin(piece) { document.text(piece) }
            return
        }
        switch place {
        case .content: if isWithin(piece) { content.append(contentsOf: piece.utf8) }
        case .facilityCode, .createdOn, .count, .kind: text += piece
        default: noteSignature(holding: piece.utf8.contains { $0 > 0x20 })
        }
    }

    func end(_ name: String) {
        if let (document, depth) = nested {
            document.end(name)
            nested = depth > 1 ? (document, depth - 1) : nil
            guard nested == nil else { return }
            record.problems = document.problems
            tables.append((document.rootName, document.rows))
            return
        }
        switch place {
        case .facilityCode, .createdOn, .count: head[name] = text.trimmingWhitespace()
        case .kind: kind = text.trimmingWhitespace()
        case .file: finishFile()
        case .visit:
            recordCount += 1
            wantsMore = take(record)
            record = RawHealthCheck(ordinal: recordCount + 1)
        default: break
        }
        places.removeLast()
        text = ""
    }

    /// LOAIHOSO may stand behind the content.
    private func finishFile() {
        for table in tables {
            record.tables.append(RawHealthCheck.Table(kind: kind, root: table.root, rows: table.rows))
        }
        guard content.contains(where: { $0 > 0x20 }), record.contentLength <= EnvelopeReader.visitLimit else { return }
        record.add(text: content, kind: kind)
    }

    private func isWithin(_ piece: String) -> Bool {
        let wasWithin = record.contentLength <= EnvelopeReader.visitLimit
        record.contentLength += piece.utf8.count
        if record.contentLength <= EnvelopeReader.visitLimit { return true }
        if wasWithin { record.problems.add(.visitTooLarge(limit: EnvelopeReader.visitLimit), table: kind) }
        content = []
        return false
    }

    /// Notes the element of CHUKYDONVI, one level below it, in which the walk is.
    private func noteSignature(holding: Bool) {
        guard holding, let at = places.firstIndex(where: { $0.place == .signature }), at + 1 < places.count else {
            return
        }
        signatures.insert(places[at + 1].name)
    }
}
