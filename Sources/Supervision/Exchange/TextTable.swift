/// Rows of plain text in columns: the first to the left, the others to the right.
package enum TextTable {
    /// One row, its cells filled up to these widths in characters.
    package static func row(_ cells: [String], widths: [Int]) -> String {
        zip(cells, widths).enumerated().map { index, cell in
            let fill = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + fill : fill + cell.0
        }.joined(separator: " ")
    }

    /// Rows with columns as wide as their widest cell.
    package static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.compactMap { $0.count > column ? $0[column].count : nil }.max() ?? 0
        }
        return rows.map { row($0, widths: widths) }.joined(separator: "\n")
    }
}
