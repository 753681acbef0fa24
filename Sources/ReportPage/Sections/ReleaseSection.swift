import Audit
import Topology

/// Which part of the visits stopped where, and by which rule: as the auditor saw the messages. Left out where no auditor has run.
struct ReleaseSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    private var figures: ReleaseFigures? { content.bound.verification.releases.flatMap { $0.rows.isEmpty ? nil : $0 } }

    /// What the page's contents say of it.
    var entry: [(String, String)] { figures == nil ? [] : [("parts", say("Parts", "Các phần"))] }

    var markup: Markup {
        guard let figures, let parties = figures.rows.first?.parties.map(\.party) else { return Markup([]) }
        return .tag(
            "section", ["id": "parts"],
            [
                .tag("h2", text: say("Which part stopped where", "Phần nào dừng ở đâu")),
                .tag(
                    "p",
                    text: say(
                        "Messages with each part of a visit that lie where a party reads, as the auditor saw them; each has the "
                            + "digest that the party’s own leaf has. A dash is a part that stopped before, by a release rule of the "
                            + "topology; “cycle audit trace” shows one record.",
                        "Số thông điệp có từng phần của lượt khám nằm ở nơi một bên đọc, như bên giám sát đã thấy; mỗi thông điệp có mã "
                            + "băm đúng như mục nhật ký của bên đó. Dấu gạch là phần đã dừng trước đó theo quy tắc chia sẻ của cấu hình; "
                            + "“cycle audit trace” cho xem một hồ sơ.")),
                ReportTable(
                    caption: say("Messages with each part, by who reads them", "Thông điệp có từng phần, theo bên đọc"),
                    columns: [.text(say("Part", "Phần"))] + parties.map { .number(content.title($0)) },
                    rows: figures.rows.map { row in [.code(row.part)] + row.parties.map(Self.cell) }
                ).markup,
                ReportTable(
                    caption: say("Rules by which parts stopped", "Quy tắc khiến các phần dừng lại"),
                    columns: [
                        .text(say("Party", "Bên")), .text(say("Parts that it does not get", "Phần không nhận")),
                        .text(say("By", "Theo")),
                    ],
                    rows: stops(figures).map { [.text(content.title($0.party)), .text($0.parts), .text($0.rule)] }
                ).markup,
            ])
    }

    private static func cell(_ cell: ReleaseFigures.Cell) -> ReportTable.Cell {
        if cell.messages == 0 { return .init(Markup(cell.isReleased ? "0" : "–"), order: 0, style: "zero") }
        return .count(cell.messages, style: cell.isReleased ? "" : "heat5")
    }

    /// The rules, each once for all parts that it keeps from one party.
    private func stops(_ figures: ReleaseFigures) -> [(party: String, parts: String, rule: String)] {
        var found: [(party: String, parts: String, rule: String)] = []
        for row in figures.rows {
            for cell in row.parties where !cell.isReleased {
                if let place = found.firstIndex(where: { $0.party == cell.party && $0.rule == cell.rule }) {
                    found[place].parts += ", " + row.part
                } else {
                    found.append((cell.party, row.part, cell.rule))
                }
            }
        }
        return found
    }
}
