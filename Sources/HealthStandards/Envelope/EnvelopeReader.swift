/// Reads the envelope that a hospital's system sends: GIAMDINHHS with the tables of Decision 130/QD-BYT as amended by
/// Decision 4750/QD-BYT inside, each as base64 (VSS dispatch 1245/BHXH-CNTT, 3 May 2024).
public enum EnvelopeReader {
    /// Most bytes of a file that are read.
    public static let byteLimit = 200_000_000
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
        let document = EnvelopeDocument()
        do throws(XMLFault) {
            try XMLWalk.walk(bytes[...], depthLimit: depthLimit, handler: document)
        } catch {
            throw .notXML(error)
        }
        guard document.rootName == "GIAMDINHHS" else { throw .notAnEnvelope(root: document.rootName) }
        var reading = EnvelopeReading(profile: profile)
        reading.readHead(document)
        for visit in document.takeVisits() { reading.read(visit) }
        let envelope = Envelope(
            facilityCode: document.head["MACSKCB"] ?? "", createdOn: document.head["NGAYLAP"] ?? "",
            visits: reading.visits, signature: SignatureText.find(in: bytes, count: document.signatureCount),
            skippedElements: document.skippedElements)
        return EnvelopeReport(envelope: envelope, problems: reading.problems, visitCount: reading.visitCount)
    }
}
