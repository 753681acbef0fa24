public import ExchangeSchema

/// Reads the envelope in which health checks are sent: KHAMSUCKHOE with the tables XML1 to XML12 of Decision 2062/QD-BYT
/// (7 July 2026), or its JSON twin.
public enum HealthCheckReader {
    /// The root element; in JSON the same in lower case.
    static let root = "KHAMSUCKHOE"

    /// Reads an envelope. One bad record keeps back itself alone; what is wrong with it is in the report.
    ///
    /// What the facility's own lists decide (classes, groups, diagnoses) MoH examines. Here is examined what a record cannot be
    /// read without: the layout, what table XML1 and XML2 must have in every form, lengths, and dates, which are brought to
    /// the form of Decision 3176/QD-BYT.
    /// - Parameters:
    ///   - accepted: The readings that are accepted; of another one it is said which it is.
    ///   - facility: MA_CSKCB that every record must have in table XML2; nil for any.
    public static func read(
        _ bytes: [UInt8], accepting accepted: HealthCheckReadings = .all, facility: FacilityCode? = nil
    ) throws(EnvelopeError) -> HealthCheckReport {
        guard bytes.count <= EnvelopeReader.byteLimit else {
            throw .tooLarge(bytes: bytes.count, limit: EnvelopeReader.byteLimit)
        }
        let parts = HealthCheckParts()
        var position = 0
        do {
            let summary = try read(
                from: {
                    let end = min(position + 1_000_000, bytes.count)
                    defer { position = end }
                    return Array(bytes[position..<end])
                }, accepting: accepted, facility: facility, take: parts.take)
            return HealthCheckReport(
                summary: summary, records: parts.records, problems: summary.headProblems + parts.problems)
        } catch let error as EnvelopeError {
            throw error
        } catch {
            // Neither the source nor the taker throws.
            throw .notXML(.empty)
        }
    }

    /// Reads an envelope of any size, one record after the other, by the same rules. Of JSON at most 20 MB are read, and held.
    /// - Parameters:
    ///   - next: Gives the next bytes of the file; none at its end.
    ///   - take: Takes each part as it is met. What it throws ends the reading.
    /// - Throws: `EnvelopeError`, or what `next` or `take` threw. Parts may have been given by then.
    public static func read(
        from next: @escaping () throws -> [UInt8], accepting accepted: HealthCheckReadings = .all,
        facility: FacilityCode? = nil, take: @escaping (HealthCheckPart) throws -> Void
    ) throws -> HealthCheckSummary {
        var first: [UInt8] = []
        var piece = try next()
        while !piece.isEmpty, !first.contains(where: Self.isContent) {
            first += piece
            piece = try next()
        }
        let reading = HealthCheckReading(accepting: accepted, facility: facility, take: take)
        let isJSON = first.first(where: isContent) == 0x7B
        var waiting: [[UInt8]] = [piece, first].filter { !$0.isEmpty }
        let pieces: () throws -> [UInt8] = { try waiting.popLast() ?? next() }
        let head = isJSON ? try readJSON(pieces, reading) : try readXML(pieces, reading)
        if let failure = reading.failure { throw failure }
        return HealthCheckSummary(
            senderCode: head.values["MACSKCB"] ?? "", createdOn: head.values["NGAYLAP"] ?? "", isJSON: isJSON,
            recordCount: head.recordCount, soundCount: reading.soundCount, headProblems: head.judged,
            readings: reading.found, signatures: head.signatures)
    }

    private static func isContent(_ byte: UInt8) -> Bool { byte > 0x20 && ![0xEF, 0xBB, 0xBF].contains(byte) }

    private static func readJSON(
        _ next: () throws -> [UInt8], _ reading: HealthCheckReading
    ) throws -> HealthCheckHead {
        var bytes: [UInt8] = []
        while case let piece = try next(), !piece.isEmpty {
            bytes += piece
            guard bytes.count <= HealthCheckJSON.byteLimit else {
                throw EnvelopeError.tooLarge(bytes: bytes.count, limit: HealthCheckJSON.byteLimit)
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return try HealthCheckJSON.read(bytes, take: reading.read)
    }

    private static func readXML(
        _ next: @escaping () throws -> [UInt8], _ reading: HealthCheckReading
    ) throws -> HealthCheckHead {
        let document = HealthCheckDocument(reading.read)
        var declarations = InnerDeclarations()
        let input = XMLInput {
            // A piece of which nothing is left is not the end.
            while true {
                let piece = try next()
                let kept = declarations.strip(piece)
                if piece.isEmpty || !kept.isEmpty { return kept }
            }
        }
        do throws(XMLFault) {
            _ = try XMLWalk.walk(input, depthLimit: EnvelopeReader.depthLimit, handler: document)
        } catch {
            throw EnvelopeError.notXML(error)
        }
        if let failure = input.failure { throw failure }
        guard document.rootName == root else {
            throw EnvelopeError.notAHealthCheckEnvelope(root: document.rootName)
        }
        return HealthCheckHead(
            values: document.head, problems: document.headProblems, recordCount: document.recordCount,
            signatures: document.signatures)
    }
}

/// Collects the parts of an envelope that is small enough to be held.
private final class HealthCheckParts {
    private(set) var records: [HealthCheckRecord] = []
    private(set) var problems: [EnvelopeProblem] = []

    func take(_ part: HealthCheckPart) {
        switch part {
        case .record(let record): records.append(record)
        case .problem(let problem): problems.append(problem)
        }
    }
}
