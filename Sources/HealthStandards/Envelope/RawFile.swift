/// A FILEHOSO while it is walked.
struct RawFile {
    var line = 0
    /// LOAIHOSO, once it was read.
    var kind: String?
    var hasContent = false
    /// The characters of NOIDUNGFILE.
    var content: [UInt8] = []

    /// False as soon as the table is known to be one that is not carried: its content is then not even collected.
    var isWanted: Bool { kind.map { VisitTable(rawValue: $0) != nil } ?? true }

    /// Decodes the table into its visit, or says why not.
    func finish(into visit: inout RawVisit) {
        guard let kind, !kind.isEmpty else {
            return visit.problems.add(.required, field: "LOAIHOSO", line: line)
        }
        guard let table = VisitTable(rawValue: kind) else {
            guard VisitTable.notCarried.contains(kind) else {
                return visit.problems.add(.unknownTable, field: "LOAIHOSO", value: kind, line: line)
            }
            return visit.otherTables.append(kind)
        }
        guard !visit.tables.contains(where: { $0.table == table }) else {
            return visit.problems.add(.repeatedTable, table: kind, line: line)
        }
        switch Base64Text.decode(content) {
        case .success(let document): visit.tables.append((table, document))
        case .failure(let fault):
            visit.problems.add(fault.rule, table: kind, field: "NOIDUNGFILE", line: line)
        }
    }
}
