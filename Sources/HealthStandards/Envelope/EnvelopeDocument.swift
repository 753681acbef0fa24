/// Collects the parts of an envelope while it is walked.
final class EnvelopeDocument: XMLHandler {
    private(set) var rootName = ""
    private(set) var head: [String: String] = [:]
    private(set) var headProblems: [EnvelopeProblem] = []
    private(set) var visitCount = 0
    private(set) var signatureCount = 0
    private(set) var skippedElements: [String] = []

    private let take: (RawVisit) -> Bool
    private(set) var wantsMore = true
    private var places: [(place: EnvelopePlace, name: String)] = [(.document, "")]
    private var text = ""
    private var file = RawFile()
    private var visit = RawVisit(ordinal: 1)

    /// Hands each visit over as soon as it is closed, so that none has to be kept; false says that no more is wanted.
    init(_ take: @escaping (RawVisit) -> Bool) { self.take = take }

    private var place: EnvelopePlace { places.last?.place ?? .other }

    func start(_ name: String, line: Int) {
        let parent = place
        let here = parent.child(name)
        if parent.isLeaf { report(.holdsElements(first: name), field: places.last?.name, line: line) }
        if case .document = parent { rootName = name }
        places.append((here, name))
        switch here {
        case .visit: visit = RawVisit(ordinal: visitCount + 1)
        case .file: file = RawFile(line: line)
        case .signature: signatureCount += 1
        case .other: noteSkipped()
        case .kind where file.kind != nil, .content where file.hasContent,
            .facilityCode where head[name] != nil, .createdOn where head[name] != nil, .count where head[name] != nil:
            report(.repeatedField, field: name, line: line)
        default: break
        }
        text = ""
    }

    func text(_ piece: String) {
        switch place {
        case .content: collect(piece)
        case .facilityCode, .createdOn, .count, .kind: text += piece
        case .signature, .other: break
        default:
            if piece.utf8.contains(where: { $0 > 0x20 }) { noteSkipped("text()") }
        }
    }

    func end(_ name: String) {
        switch place {
        case .facilityCode, .createdOn, .count: head[name] = text.trimmingWhitespace()
        case .kind: file.kind = text.trimmingWhitespace()
        case .content: file.hasContent = true
        case .file: file.finish(into: &visit)
        case .visit:
            visitCount += 1
            wantsMore = take(visit)
            visit = RawVisit(ordinal: visitCount + 1)
        default: break
        }
        places.removeLast()
        text = ""
    }

    private func collect(_ piece: String) {
        guard file.isWanted else { return }
        let isWithin = visit.contentLength <= EnvelopeReader.visitLimit
        visit.contentLength += piece.utf8.count
        if visit.contentLength <= EnvelopeReader.visitLimit {
            file.content.append(contentsOf: piece.utf8)
        } else if isWithin {
            visit.problems.add(.visitTooLarge(limit: EnvelopeReader.visitLimit), table: file.kind, line: file.line)
            visit.tables = []
            visit.carried = []
            file.content = []
        }
    }

    private func report(_ rule: EnvelopeProblem.Rule, field: String?, line: Int) {
        switch place {
        case .file, .kind, .content:
            visit.problems.add(rule, table: file.kind, field: field, line: line)
        default:
            // `place` is already the element itself for a repeated one: below FILEHOSO both are of the visit.
            if headProblems.count < VisitProblems.limit {
                headProblems.append(EnvelopeProblem(field: field, rule: rule, line: line))
            }
        }
    }

    private func noteSkipped(_ last: String? = nil) {
        // Below an element that was skipped, or below the signature, nothing is noted again.
        guard skippedElements.count < 100 else { return }
        if last == nil, let parent = places.dropLast().last?.place {
            switch parent {
            case .other, .signature: return
            case let leaf where leaf.isLeaf: return
            default: break
            }
        }
        let names = places.dropFirst().map(\.name) + (last.map { [$0] } ?? [])
        let path = names.joined(separator: "/")
        if !skippedElements.contains(path) { skippedElements.append(path) }
    }
}
