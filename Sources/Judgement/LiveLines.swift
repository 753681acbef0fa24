import Foundation

/// Lines of a terminal that are drawn anew in place.
///
/// A terminal breaks a line that is wider than itself into several rows, which is why the lines are cut to its width,
/// and rows are counted again before they are erased: the window may have become narrower since.
struct LiveLines {
    private var drawn: [Int] = []

    /// What to write to put these lines in place of the ones drawn last.
    /// - Parameter columns: Width of the terminal; nil when it is not known, which then cuts nothing.
    mutating func redraw(_ lines: [String], columns: Int?) -> String {
        // The last column stays free: a terminal may already break the line when it is full.
        let fitted = columns.map { width in lines.map { Self.cut($0, to: max(width - 1, 1)) } } ?? lines
        let text = erase(columns: columns) + fitted.map { $0 + "\n" }.joined()
        drawn = fitted.map(\.count)
        return text
    }

    /// What to write so that nothing of the lines is left; the next ones are drawn from there.
    mutating func erase(columns: Int?) -> String {
        defer { drawn = [] }
        let rows = drawn.reduce(0) { rows, count in
            rows + (columns.map { max(1, (count + max($0, 1) - 1) / max($0, 1)) } ?? 1)
        }
        return rows == 0 ? "" : "\u{1B}[\(rows)A\r\u{1B}[J"
    }

    /// Width of the terminal on standard error; nil when it has none.
    static var columns: Int? {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func cut(_ line: String, to width: Int) -> String {
        line.count <= width ? line : String(line.prefix(width - 1)) + "…"
    }
}
