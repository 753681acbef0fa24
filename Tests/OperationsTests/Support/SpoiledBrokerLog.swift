import Audit
import Foundation
import Testing

/// What somebody does to the files of a finished exchange's broker, each attack on a copy of its own, and what verification says
/// of it.
struct SpoiledBrokerLog {
    private let data: String

    /// - Parameter data: The data directory of a finished exchange with an auditor.
    init(_ data: String) { self.data = data }

    /// Carries all attacks out.
    func expectFindings() throws {
        let untouched = try ExchangeCopy(data)
        defer { untouched.remove() }
        let evidence = try #require(try untouched.verify().brokerLog)
        #expect(evidence.isHere && evidence.records > 0 && evidence.gone == 0 && evidence.changed == 0)
        try expect("a flipped bit", ["read by moh and auditor, and gone from the broker: ", "byte "]) { file in
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
        }
        try expect("half a file", ["read by moh and auditor, and gone from the broker: "]) { file in
            let bytes = try Data(contentsOf: file)
            try bytes.prefix(bytes.count / 2).write(to: file)
        }
        try expect("no partition any more", ["offsets 0 to ", "the log ends before offset 0"]) { file in
            try FileManager.default.removeItem(at: file.deletingLastPathComponent())
        }
        // Right checksums, right offsets, and other records.
        try expect("the records of another topic", ["the broker has something else there than moh and auditor read"]) {
            file in
            let other = try Self.largest(
                "moh.records", file.deletingLastPathComponent().deletingLastPathComponent().path)
            try Data(contentsOf: other).write(to: file)
        }
    }

    private func expect(_ name: String, _ says: [String], _ act: (URL) throws -> Void) throws {
        let copy = try ExchangeCopy(data)
        defer { copy.remove() }
        let file = try Self.largest("facility.records", copy.data + "/broker/topics")
        let place = file.deletingLastPathComponent().lastPathComponent
        let partition = place.replacing("facility.records-", with: "facility.records/")
        try act(file)
        let report = try copy.verify()
        #expect(
            report.findings.contains { finding in
                finding.kind == .brokerLog && finding.party == "broker"
                    && finding.text.hasPrefix("\(partition), offset")
                    && says.allSatisfy(finding.text.contains)
            }, "\(name): \(report.findings.map(\.line))")
        #expect(report.findings.allSatisfy { $0.kind == .brokerLog }, "\(name): \(report.findings.map(\.line))")
    }

    /// The log of a topic's fullest partition.
    private static func largest(_ topic: String, _ folder: String) throws -> URL {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("\(topic)-") }
            .map { URL(fileURLWithPath: "\(folder)/\($0)/00000000000000000000.log") }
        let sizes = try files.map { try Data(contentsOf: $0).count }
        return try #require(zip(files, sizes).max { $0.1 < $1.1 }?.0)
    }
}
