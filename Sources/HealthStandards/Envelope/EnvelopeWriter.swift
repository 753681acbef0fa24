import ExchangeSchema
import Vocabulary

/// Writes visits as an envelope: every element of the annex in its order, an empty value as an empty element, and the
/// elements outside the annex after them. CHUKYDONVI is left empty, as in the template: signing is another step.
public enum EnvelopeWriter {
    /// Writes an envelope.
    /// - Parameters:
    ///   - visits: What to write. `otherTables` are names without contents and are not written.
    ///   - facilityCode: MACSKCB.
    ///   - createdOn: NGAYLAP, `yyyymmdd`.
    /// - Throws: a problem when a value cannot stand in XML: it has a control character, or an element outside the
    ///   annex has an unfit name. Nothing is checked against the rules of the tables.
    public static func write(
        _ visits: [VisitRecord], facilityCode: String, createdOn: String
    ) throws(EnvelopeProblem) -> [UInt8] {
        try refuseForbidden(facilityCode, field: "MACSKCB")
        try refuseForbidden(createdOn, field: "NGAYLAP")
        var bytes: [UInt8] = []
        bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<GIAMDINHHS ".utf8)
        bytes.append(contentsOf: "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ".utf8)
        bytes.append(contentsOf: "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\n<THONGTINDONVI>".utf8)
        XMLText.append(element: "MACSKCB", facilityCode, to: &bytes)
        bytes.append(contentsOf: "</THONGTINDONVI>\n<THONGTINHOSO>".utf8)
        XMLText.append(element: "NGAYLAP", createdOn, to: &bytes)
        XMLText.append(element: "SOLUONGHOSO", String(visits.count), to: &bytes)
        bytes.append(contentsOf: "<DANHSACHHOSO>\n".utf8)
        for (index, visit) in visits.enumerated() {
            do throws(EnvelopeProblem) {
                try write(visit, to: &bytes)
            } catch {
                var problem = error
                problem.visitOrdinal = index + 1
                problem.episodeCode = visit.episodeCode.isEmpty ? nil : visit.episodeCode
                throw problem
            }
        }
        bytes.append(contentsOf: "</DANHSACHHOSO></THONGTINHOSO>\n<CHUKYDONVI></CHUKYDONVI>\n</GIAMDINHHS>\n".utf8)
        return bytes
    }

    private static func write(_ visit: VisitRecord, to bytes: inout [UInt8]) throws(EnvelopeProblem) {
        bytes.append(contentsOf: "<HOSO>\n".utf8)
        try write([visit.summary], to: &bytes)
        try write(visit.details.drugs, to: &bytes)
        try write(visit.details.services, to: &bytes)
        try write(visit.details.results, to: &bytes)
        try write(visit.details.courses, to: &bytes)
        let day = StandardEdition.day(ofDischarge: visit.insurance.ngayRa)
        for table in visit.tables {
            for document in try CarriedWriter.documents(table, on: day) {
                append(document, kind: table.part.name, to: &bytes)
            }
        }
        bytes.append(contentsOf: "</HOSO>\n".utf8)
    }

    private static func write<Row: TableRow>(_ rows: [Row], to bytes: inout [UInt8]) throws(EnvelopeProblem) {
        guard !rows.isEmpty else { return }
        append(try TableWriter.document(rows), kind: Row.table.rawValue, to: &bytes)
    }

    private static func append(_ document: [UInt8], kind: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "<FILEHOSO>".utf8)
        XMLText.append(element: "LOAIHOSO", kind, to: &bytes)
        XMLText.open("NOIDUNGFILE", to: &bytes)
        Base64Text.encode(document, to: &bytes)
        XMLText.close("NOIDUNGFILE", to: &bytes)
        bytes.append(contentsOf: "</FILEHOSO>\n".utf8)
    }

    private static func refuseForbidden(_ text: String, field: String) throws(EnvelopeProblem) {
        guard let scalar = XMLText.forbiddenScalar(in: text) else { return }
        throw EnvelopeProblem(field: field, rule: .forbiddenCharacter(codePoint: scalar.value))
    }
}
