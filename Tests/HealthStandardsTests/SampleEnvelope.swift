import ExchangeSchema
import Foundation

@testable import HealthStandards

/// An envelope put together by hand, so that any part of it can be wrong.
struct SampleEnvelope {
    typealias File = (kind: String, content: String)

    var count: String?
    var createdOn = "20251231"
    var declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    var signature = ""
    var visits: [[File]] = []

    /// Documents of a sound visit with two rows in each of XML2 to XML5.
    static func documents(_ episode: String) throws -> [File] {
        var samples = SampleVisits(seed: 7)
        let visit = samples.visit(episode)
        return [
            ("XML1", try text([visit.summary])), ("XML2", try text(visit.details.drugs)),
            ("XML3", try text(visit.details.services)), ("XML4", try text(visit.details.results)),
            ("XML5", try text(visit.details.courses)),
        ]
    }

    /// A sound visit in one of whose documents the first match of `from` after row `row` starts is replaced.
    static func changed(
        _ episode: String, _ kind: String, row: Int = 1, field: String, to value: String
    ) throws -> [File] {
        try documents(episode).map { file in
            guard file.kind == kind else { return file }
            var parts = file.content.components(separatedBy: "<\(field)>")
            let end = parts[row].range(of: "</\(field)>")
            parts[row] = value + "</\(field)>" + (end.map { String(parts[row][$0.upperBound...]) } ?? "")
            return (file.kind, parts.joined(separator: "<\(field)>"))
        }
    }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func text(_ rows: [some TableRow]) throws -> String {
        String(decoding: try TableWriter.document(rows), as: UTF8.self)
    }

    /// Adds a visit, its documents encoded.
    mutating func add(_ files: [File]) {
        visits.append(files.map { ($0.kind, Self.base64($0.content)) })
    }

    var bytes: [UInt8] {
        var text = declaration + "<GIAMDINHHS><THONGTINDONVI><MACSKCB>01001</MACSKCB></THONGTINDONVI><THONGTINHOSO>"
        text += "<NGAYLAP>\(createdOn)</NGAYLAP><SOLUONGHOSO>\(count ?? String(visits.count))</SOLUONGHOSO>"
        text += "\n<DANHSACHHOSO>"
        for visit in visits {
            text += "\n<HOSO>"
            for file in visit {
                text += "\n<FILEHOSO><LOAIHOSO>\(file.kind)</LOAIHOSO>"
                text += "<NOIDUNGFILE>\(file.content)</NOIDUNGFILE></FILEHOSO>"
            }
            text += "</HOSO>"
        }
        text += "</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI>\(signature)</CHUKYDONVI></GIAMDINHHS>"
        return Array(text.utf8)
    }

    /// The problems of an envelope with one visit, as a person reads them.
    static func problems(_ files: [File], profile: ValidationProfile = .portal) throws -> [String] {
        var sample = SampleEnvelope()
        sample.add(files)
        return try EnvelopeReader.read(sample.bytes, profile: profile).problems.map(\.description)
    }
}
