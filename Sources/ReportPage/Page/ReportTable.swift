/// A table with a caption, a heading for each column and for each row, which scrolls by itself where it is too wide.
struct ReportTable {
    /// One column.
    struct Column {
        var title: String
        var isNumber: Bool

        /// A column of text.
        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        /// A column of numbers, to the right.
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    /// One cell.
    struct Cell {
        var content: Markup
        /// What sorting goes by; nil for the text.
        var order: Int64?
        var style: String

        /// Any content.
        init(_ content: Markup, order: Int64? = nil, style: String = "") {
            self.content = content
            self.order = order
            self.style = style
        }

        /// Text.
        static func text(_ text: String, style: String = "") -> Cell { Cell(Markup(text), style: style) }
        /// A count; zero stands back.
        static func count(_ value: Int64, style: String = "") -> Cell {
            Cell(Markup(NumberText.count(value)), order: value, style: value == 0 && style.isEmpty ? "zero" : style)
        }
        /// A duration in milliseconds; a dash for none.
        static func duration(_ value: Int64?, _ say: PageLanguage = .english, style: String = "") -> Cell {
            Cell(Markup(value.map { NumberText.duration($0, say) } ?? "–"), order: value ?? -1, style: style)
        }
        /// A name in the language of machines.
        static func code(_ text: String) -> Cell { Cell(.tag("code", text: text)) }
    }

    var caption: String
    var columns: [Column]
    var rows: [[Cell]]
    /// A last row, of all together; nil for none. It stays last however the rows are sorted.
    var foot: [Cell]?
    var isSortable = false

    var markup: Markup {
        let head = Markup.tag(
            "tr", [:], columns.map { .tag("th", ["scope": "col", "class": $0.isNumber ? "n" : "t"], text: $0.title) })
        let body = rows.map { row in
            Markup.tag("tr", [:], zip(columns, row).enumerated().map { place, entry in cell(place, entry.0, entry.1) })
        }
        let last = foot.map { row in
            Markup.tag(
                "tfoot", [:],
                [.tag("tr", [:], zip(columns, row).enumerated().map { place, entry in cell(place, entry.0, entry.1) })])
        }
        return .tag(
            "div", ["class": "scroll"],
            [
                .tag(
                    "table", ["class": isSortable ? "sortable" : "plain"],
                    [.tag("caption", text: caption), .tag("thead", [:], [head]), .tag("tbody", [:], body)]
                        + [last].compactMap(\.self))
            ])
    }

    private func cell(_ place: Int, _ column: Column, _ cell: Cell) -> Markup {
        let style = (column.isNumber ? "n" : "t") + (cell.style.isEmpty ? "" : " " + cell.style)
        if place == 0 { return .tag("th", ["scope": "row", "class": style], [cell.content]) }
        guard let order = cell.order else { return .tag("td", ["class": style], [cell.content]) }
        return .tag("td", ["class": style, "data-order": "\(order)"], [cell.content])
    }
}
