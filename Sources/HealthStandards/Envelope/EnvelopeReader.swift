public import ExchangeSchema

/// Reads the envelope that a hospital's system sends: GIAMDINHHS with the tables of Decision 130/QD-BYT as amended by
/// Decision 4750/QD-BYT inside, each as base64 (VSS dispatch 1245/BHXH-CNTT, 3 May 2024).
public enum EnvelopeReader {
    /// Most bytes of a file that are read in one go.
    public static let byteLimit = 200_000_000
    /// Most characters of NOIDUNGFILE that one visit may have in all its tables.
    static let visitLimit = 40_000_000
    /// Deepest nesting of the envelope's own elements, a signature included.
    static let depthLimit = 32

    /// Reads an envelope. One bad visit keeps back itself alone; what is wrong with it is in the report.
    ///
    /// A SOLUONGHOSO that is not the number of HOSO elements is a problem, not an error: every visit is judged by
    /// itself, and the sender learns of the difference while the sound visits go on. When an MA_LK comes a second
    /// time, the first visit stands and the later one is the problem. White space in a field is part of its value,
    /// and so is the way a letter is encoded (NFC or NFD); only a value of white space alone counts as empty.
    public static func read(
        _ bytes: [UInt8], profile: ValidationProfile = .portal
    ) throws(EnvelopeError) -> EnvelopeReport {
        guard bytes.count <= byteLimit else { throw .tooLarge(bytes: bytes.count, limit: byteLimit) }
        let report = PartList()
        var position = 0
        let summary: EnvelopeSummary
        do {
            summary = try read(
                whole: bytes,
                from: {
                    // A file of that size goes as it is, and is not copied.
                    if position == 0, bytes.count <= 1_000_000 {
                        position = bytes.count
                        return bytes
                    }
                    let end = min(position + 1_000_000, bytes.count)
                    defer { position = end }
                    return Array(bytes[position..<end])
                }, profile: profile, on: nil, take: report.take)
        } catch let error as EnvelopeError {
            throw error
        } catch {
            // Neither the source nor the taker throws.
            throw .notXML(.empty)
        }
        let envelope = Envelope(
            facilityCode: summary.facilityCode, createdOn: summary.createdOn, visits: report.visits,
            signature: summary.signature, skippedElements: summary.skippedElements)
        return EnvelopeReport(
            envelope: envelope, problems: summary.headProblems + report.problems, warnings: report.warnings,
            visitCount: summary.visitCount)
    }

    /// Reads an envelope of any size, one visit after the other, by the same rules. Only one visit is held at a time,
    /// and of the others their MA_LK.
    ///
    /// - Parameters:
    ///   - next: Gives the next bytes of the file; none at its end.
    ///   - day: The day whose rules count, in place of each visit's NGAY_RA; nil for that.
    ///   - take: Takes each part as it is met. What it throws ends the reading.
    /// - Throws: `EnvelopeError`, or what `next` or `take` threw. Parts may have been given by then: of a file that ends in
    ///   the middle, the visits before.
    public static func read(
        from next: @escaping () throws -> [UInt8], profile: ValidationProfile = .portal, on day: CivilDate? = nil,
        take: @escaping (EnvelopePart) throws -> Void
    ) throws -> EnvelopeSummary {
        try read(whole: nil, from: next, profile: profile, on: day, take: take)
    }

    /// - Parameter whole: The whole file, where it is held.
    private static func read(
        whole: [UInt8]?, from next: @escaping () throws -> [UInt8], profile: ValidationProfile, on day: CivilDate?,
        take: @escaping (EnvelopePart) throws -> Void
    ) throws -> EnvelopeSummary {
        let reading = EnvelopeReading(profile: profile, day: day, take: take)
        let document = EnvelopeDocument { visit in
            reading.read(visit)
            return reading.failure == nil
        }
        let signature = SignatureText()
        let input = XMLInput {
            let bytes = try next()
            signature.take(bytes)
            return bytes
        }
        if let whole, let plain = PlainXML(whole, depthLimit: depthLimit) {
            signature.take(whole)
            signature.take([])
            plain.walk(document)
        } else {
            do throws(XMLFault) {
                _ = try XMLWalk.walk(input, depthLimit: depthLimit, handler: document)
            } catch {
                throw EnvelopeError.notXML(error)
            }
        }
        if let failure = input.failure ?? reading.failure { throw failure }
        guard document.rootName == "GIAMDINHHS" else { throw EnvelopeError.notAnEnvelope(root: document.rootName) }
        return EnvelopeSummary(
            facilityCode: document.head["MACSKCB"] ?? "", createdOn: document.head["NGAYLAP"] ?? "",
            visitCount: reading.visitCount, soundCount: reading.soundCount,
            headProblems: document.headProblems
                + EnvelopeReading.headProblems(document.head, count: document.visitCount),
            signature: document.signatureCount == 1 ? signature.found : nil,
            skippedElements: document.skippedElements)
    }
}

/// Collects the parts of an envelope that is small enough to be held.
private final class PartList {
    private(set) var visits: [VisitRecord] = []
    private(set) var problems: [EnvelopeProblem] = []
    private(set) var warnings: [EnvelopeProblem] = []

    func take(_ part: EnvelopePart) {
        switch part {
        case .visit(let visit): visits.append(visit)
        case .problem(let problem): problems.append(problem)
        case .warning(let warning): warnings.append(warning)
        }
    }
}
