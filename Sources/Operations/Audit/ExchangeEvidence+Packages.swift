public import Audit
import Composition
public import EvidenceExport
public import EvidencePackage
import ExchangeSchema
import Foundation
import Supervision

/// What leaves an exchange as evidence: packages, logs in the C2SP layout, FHIR resources.
extension ExchangeEvidence {
    /// Writes the package that proves one record's way.
    /// - Parameter purpose: Why, for the auditor's log, which says that the package was made.
    /// - Throws: ``ProgramFailure`` or `PackageError` in one line; then nothing was written.
    /// - Returns: Bytes written.
    public func prove(
        _ record: String, to path: String, disclosing: Set<Disclosure>, purpose: String
    ) throws -> Int {
        try Self.requireFree(path)
        let bytes = try package(try Self.identifier(record), disclosing)
        let shown = Disclosure.allCases.filter(disclosing.contains).map { ", showing \($0.rawValue)" }.joined()
        try AccessNote.note(action: "prove", subject: record + shown, purpose: purpose, layout: layout)
        try Self.write(bytes, path)
        return bytes.count
    }

    /// The package; everything that was opened for it is closed again.
    private func package(_ record: RecordIdentifier, _ disclosing: Set<Disclosure>) throws -> [UInt8] {
        var maker = PackageMaker(
            record: record, sources: sources, time: Int64(Date().timeIntervalSince1970 * 1_000))
        maker.disclosing = disclosing
        maker.pins = pins
        maker.payloads = vaultDirectory.map { VaultPayloads(directory: $0, keyFile: layout.vaultKey) }
        return try maker.make()
    }

    /// Writes what a regulator carries away of each log.
    /// - Throws: `EvidenceError`, `StoreError`.
    public func pin(to folder: String) throws -> [PinMaker.Outcome] { try PinMaker(sources).write(to: folder) }

    /// Writes the log of one party, or of every one into a folder of its own.
    /// - Throws: ``ProgramFailure``, `PackageError`, `EvidenceError` or `StoreError`.
    /// - Returns: Parties and leaves written.
    public func writeTiles(of party: String?, to folder: String) throws -> [(party: String, leaves: UInt64)] {
        guard let party else {
            return try sources.map { ($0.party, try LogExport($0).write(to: "\(folder)/\($0.party)")) }
        }
        guard let source = sources.first(where: { $0.party == party }) else {
            throw ProgramFailure(
                "there is no party '\(party)'; there are: \(sources.map(\.party).joined(separator: ", "))")
        }
        return [(party, try LogExport(source).write(to: folder))]
    }

    /// Writes FHIR R4 resources: lines into a folder, or one Bundle into a file that ends in `.json`.
    /// - Throws: ``ProgramFailure``, `ExportError`, `EvidenceError` or `StoreError`.
    public func exportFHIR(
        records: [String], from: Int64?, until: Int64?, to path: String, purpose: String
    ) throws -> FHIRExport.Outcome {
        var export = FHIRExport(sources: sources)
        if !records.isEmpty { export.records = try records.map(Self.identifier) }
        export.from = from
        export.until = until
        let isBundle = path.hasSuffix(".json")
        guard !isBundle || records.count == 1 else {
            throw ProgramFailure("a Bundle is of one record: give one --record, or name a folder with -o")
        }
        try AccessNote.note(
            action: "export", subject: records.isEmpty ? "all records" : records.joined(separator: " "),
            purpose: purpose, layout: layout)
        export.acts = try acts()
        return isBundle ? try export.writeBundle(file: path) : try export.writeLines(folder: path)
    }

    /// What people did, for whoever gets the resources; nil where no auditor writes it down.
    private func acts() throws -> (party: String, byLeaf: [Int64: ExportedAct])? {
        guard vaultDirectory != nil, let auditor else { return nil }
        let acts = try listedAccesses().map { listed in
            (
                listed.leaf,
                ExportedAct(
                    entry: listed.entry, knownBy: listed.proof.rawValue, knownByText: listed.proof.text)
            )
        }
        return (auditor.party, Dictionary(acts) { first, _ in first })
    }

    private static func identifier(_ record: String) throws -> RecordIdentifier {
        guard let identifier = RecordIdentifier(record) else {
            throw ProgramFailure("'\(record)' is no record identifier: a UUID in 36 characters is")
        }
        return identifier
    }

    private static func requireFree(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) {
            throw ProgramFailure("\(path) is there already; name another file with -o")
        }
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ProgramFailure("cannot write \(path): \(error.localizedDescription)")
        }
    }
}
