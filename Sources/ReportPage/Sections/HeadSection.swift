import Audit
import Topology
import Vocabulary

/// Title, verdict, and the figures that matter most.
struct HeadSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        .tag("header", [:], [title, VerdictSection(content: content).markup, facts])
    }

    private var title: Markup {
        Markup([
            .tag(
                "p", ["class": "eyebrow"], text: say("Closed Cycle · audit report", "Closed Cycle · báo cáo kiểm toán")),
            .tag(
                "h1", [:],
                text: content.scenario.map { say("Scenario ", "Kịch bản ") + $0.name }
                    ?? say("Exchange ", "Hệ thống trao đổi ") + content.topology.name),
        ])
    }

    /// What the exchange is, below what is the matter with it.
    private var about: Markup {
        Markup([
            .tag("p", ["class": "lead", "lang": "en"], text: content.scenario?.summary ?? ""),
            .tag(
                "p", ["class": "about"],
                text: say(
                    "Three-party exchange of the Electronic Health Book (Sổ sức khỏe điện tử): health facilities, "
                        + "Ministry of Health (Bộ Y tế), Vietnam Social Security (Bảo hiểm xã hội Việt Nam), C06 "
                        + "(Bộ Công an) and the localities. All data is synthetic.",
                    "Trao đổi dữ liệu ba bên cho Sổ sức khỏe điện tử: các cơ sở khám, chữa bệnh, Bộ Y tế, Bảo hiểm xã hội "
                        + "Việt Nam, C06 (Bộ Công an) và các địa phương. Toàn bộ dữ liệu là dữ liệu tổng hợp.")),
        ])
    }

    private var facts: Markup {
        let figures = content.figures
        var entries: [(String, Markup)] = [(say("Exchange", "Hệ thống"), .tag("code", text: content.exchange))]
        if let route = content.topology.routeName {
            entries.append(
                (
                    say("Route", "Tuyến"),
                    Markup("\(route.name), \(say("in force since", "hiệu lực từ")) \(route.since): \(route.title)")
                ))
        }
        if let scenario = content.scenario {
            entries.append((say("Seed", "Mầm ngẫu nhiên"), Markup("\(scenario.seed)")))
        }
        if let span = figures.span {
            entries.append(
                (say("First leaf", "Mục đầu tiên"), .tag("time", text: PageTime.text(span.first))))
            entries.append((say("Last leaf", "Mục cuối cùng"), .tag("time", text: PageTime.text(span.last))))
            entries.append(
                (say("Between them", "Khoảng giữa"), Markup(NumberText.duration(max(0, span.last &- span.first), say))))
        }
        entries.append((say("Ages run to", "Tuổi tính đến"), .tag("time", text: PageTime.text(figures.at))))
        entries.append(
            (
                say("Leaves counted", "Số mục đã đếm"),
                Markup(NumberText.count(figures.parties.reduce(0) { $0 + $1.leaves }))
            ))
        if !content.checkpointName.isEmpty {
            entries.append((say("Bound to", "Gắn với mốc"), .tag("code", text: content.checkpointName)))
        }
        let list = entries.map { entry in
            Markup.tag("div", [:], [.tag("dt", text: entry.0), .tag("dd", [:], [entry.1])])
        }
        return Markup([tiles, about, .tag("dl", ["class": "facts"], list)])
    }

    /// The same sums as the last rows of the tables by facility and by party.
    private var tiles: Markup {
        let total = content.figures.total
        func share(_ value: Int64) -> String { NumberText.percent(value, of: total.submitted, say) }
        let entries: [(String, Int64, String)] = [
            (
                say("submitted", "đã gửi"), total.submitted,
                say("visits, each counted once", "lượt khám, mỗi lượt một lần")
            ),
            (say("in the book", "đã vào sổ"), total.shared, share(total.shared)),
            (say("refused", "bị từ chối"), total.refused, share(total.refused)),
            (say("pending", "đang chờ"), total.pending, share(total.pending)),
            (say("withdrawn", "đã rút"), total.withdrawn, say("taken back by their facility", "do cơ sở rút lại")),
            (
                say("corrected", "đã sửa"), total.corrected,
                say("of those in the book, after a refusal", "trong số đã vào sổ, sau khi bị từ chối")
            ),
        ]
        return .tag(
            "ul", ["class": "tiles"],
            entries.enumerated().map { place, entry in
                .tag(
                    "li", place == 3 && entry.1 > 0 ? ["class": "waits"] : [:],
                    [
                        .tag("span", ["class": "label"], text: entry.0),
                        .tag("strong", text: NumberText.count(entry.1)), .tag("span", ["class": "note"], text: entry.2),
                    ])
            })
    }
}
