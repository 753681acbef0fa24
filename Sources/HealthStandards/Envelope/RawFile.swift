import Vocabulary

/// A FILEHOSO while it is walked.
struct RawFile {
    var line = 0
    /// LOAIHOSO, once it was read.
    var kind: String?
    var hasContent = false
    /// The characters of NOIDUNGFILE.
    var content: [UInt8] = []

    /// False as soon as the table is known to be one that is not carried: its content is then not even collected.
    var isWanted: Bool {
        kind.map { $0.isEmpty || VisitTable(kind: $0) != nil || RecordPart(kind: $0) != nil } ?? true
    }

    /// Decodes the table into its visit, or says why not.
    ///
    /// A table that is not carried, for it is newer than Decision 4750 or unknown, keeps no visit back. A FILEHOSO in which
    /// neither LOAIHOSO nor NOIDUNGFILE has text is no table.
    func finish(into visit: inout RawVisit) {
        guard let kind, !kind.isEmpty else {
            if content.contains(where: { $0 > 0x20 }) {
                visit.problems.add(.required, field: "LOAIHOSO", line: line)
            }
            return
        }
        if let part = RecordPart(kind: kind) {
            guard visit.contentLength <= EnvelopeReader.visitLimit else { return }
            return visit.carried.append((part, Base64Text.decode(content)))
        }
        guard let table = VisitTable(kind: kind) else {
            visit.warnings.add(.unknownTable, field: "LOAIHOSO", value: kind, line: line)
            return visit.otherTables.append(kind)
        }
        guard !visit.tables.contains(where: { $0.table == table }) else {
            return visit.problems.add(.repeatedTable, table: table.rawValue, line: line)
        }
        guard visit.contentLength <= EnvelopeReader.visitLimit else { return }
        switch Base64Text.decode(content) {
        case .success(let document): visit.tables.append((table, document))
        case .failure(let fault):
            visit.problems.add(fault.rule, table: table.rawValue, field: "NOIDUNGFILE", line: line)
        }
    }
}
