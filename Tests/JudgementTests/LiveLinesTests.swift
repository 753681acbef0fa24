import Testing

@testable import Judgement

/// A terminal of some width that breaks lines, as far as the live display needs one.
private struct SmallTerminal {
    var columns: Int
    private(set) var rows: [String] = [""]
    private var row = 0
    private var column = 0

    init(columns: Int) { self.columns = columns }

    mutating func write(_ text: String) {
        var rest = text[...]
        while let first = rest.first {
            if first == "\u{1B}" {
                let command = rest.prefix { $0 == "\u{1B}" || $0 == "[" || $0.isNumber }
                rest.removeFirst(command.count)
                let count = Int(command.filter(\.isNumber)) ?? 0
                if rest.first == "A" { row = max(0, row - count) }
                if rest.first == "J" {
                    rows[row] = String(rows[row].prefix(column))
                    rows.removeLast(rows.count - row - 1)
                }
                rest.removeFirst()
                continue
            }
            rest.removeFirst()
            switch first {
            case "\n": line()
            case "\r": column = 0
            default:
                if column == columns { line() }
                rows[row] = String(rows[row].prefix(column)) + String(first)
                column += 1
            }
        }
    }

    private mutating func line() {
        row += 1
        column = 0
        if row == rows.count { rows.append("") }
    }
}

@Suite struct LiveLinesTests {
    private let lines = [
        "april-2024 12.0 s: submitted 12000 of 200000, shared 9000, refused 1000, pending 2000 (held 500), 800 records/s",
        "  facility.records   12000   p50 3 ms   p99 40 ms", String(repeating: "x", count: 80),
    ]

    @Test(arguments: [1, 2, 20, 79, 80, 81, 200]) func leavesNothingBehind(columns: Int) {
        var terminal = SmallTerminal(columns: columns)
        var live = LiveLines()
        terminal.write("before\n")
        let above = terminal.rows.filter { !$0.isEmpty }
        for _ in 0..<5 { terminal.write(live.redraw(lines, columns: columns)) }
        #expect(terminal.rows.filter { !$0.isEmpty }.count == above.count + lines.count)
        terminal.write(live.erase(columns: columns))
        #expect(terminal.rows.filter { !$0.isEmpty } == above)
    }

    @Test func cutsALineThatIsTooWide() {
        var live = LiveLines()
        let drawn = live.redraw(["abcdef", "abc"], columns: 5)
        #expect(drawn == "abc…\nabc\n")
        #expect(LiveLines().copy(drawing: ["abcdef"]) == "abcdef\n")
    }

    @Test func aMessageBetweenStaysAndTheLinesComeBelowIt() {
        var terminal = SmallTerminal(columns: 40)
        var live = LiveLines()
        terminal.write(live.redraw(lines, columns: 40))
        terminal.write(live.erase(columns: 40) + "a message\n")
        terminal.write(live.redraw(["one"], columns: 40))
        #expect(terminal.rows.filter { !$0.isEmpty } == ["a message", "one"])
    }
}

extension LiveLines {
    /// What is written where the width is not known.
    fileprivate func copy(drawing lines: [String]) -> String {
        var copy = self
        return copy.redraw(lines, columns: nil)
    }
}
