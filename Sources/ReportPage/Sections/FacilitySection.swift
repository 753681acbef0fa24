import Audit

/// Provinces and facilities, those that have been stuck longest first, and all of them.
struct FacilitySection {
    let content: ReportContent
    /// Rows that are not folded away.
    private static let mostShown = 20
    private static let mostReasons = 6

    private var say: PageLanguage { content.say }
    private var figures: ExchangeFigures { content.figures }

    var markup: Markup {
        .tag(
            "section", ["id": "facilities"],
            [.tag("h2", text: say("Provinces and facilities", "Tỉnh và cơ sở"))] + parts)
    }

    private var parts: [Markup] {
        guard figures.facilities.contains(where: { $0.facility != FacilityFigures.unknown }) else {
            return [
                .tag(
                    "p",
                    text: say(
                        "Which facility a record belongs to is in its payload and not in a leaf; no payload was at hand, so "
                            + "figures by facility cannot be given.",
                        "Hồ sơ thuộc cơ sở nào nằm trong nội dung, không nằm trong mục nhật ký; không có nội dung nên không thể đưa "
                            + "số liệu theo cơ sở."))
            ]
        }
        return [
            .tag(
                "p",
                text: say(
                    "Where the oldest pending record has waited longest comes first. The law holds for each facility by itself. A "
                        + "province is the one of July 2025 in which the facility lies.",
                    "Nơi có hồ sơ chờ lâu nhất đứng trước. Định luật bảo toàn đúng với từng cơ sở. Tỉnh là tỉnh từ tháng 7/2025 nơi "
                        + "cơ sở đóng.")), provinces, .tag("h3", text: say("Facilities", "Cơ sở")), facilities,
            refusals,
        ]
    }

    private func heads(_ first: [ReportTable.Column]) -> [ReportTable.Column] {
        first + [.text(say("Oldest waits since", "Chờ lâu nhất từ"))]
            + [
                say("Age", "Tuổi"), say("Pending", "Đang chờ"), say("Submitted", "Đã gửi"), say("Shared", "Đã chia sẻ"),
                say("Refused", "Bị từ chối"), say("Withdrawn", "Đã rút"),
            ].map { .number($0) }
    }

    private func waits(_ since: Int64?, _ pending: Int64) -> [ReportTable.Cell] {
        let age = since.map { max(0, figures.at &- $0) }
        return [
            .init(Markup(since.map(PageTime.minute) ?? "–"), order: since ?? .max, style: since == nil ? "zero" : ""),
            .duration(age, say, style: since == nil ? "zero" : "waits"),
            .count(pending, style: pending > 0 ? "waits" : ""),
        ]
    }

    private var provinces: Markup {
        let total = figures.total
        func name(_ province: ProvinceFigures) -> ReportTable.Cell {
            province.province == FacilityFigures.unknown
                ? .text(say("not known", "không rõ")) : .text("\(province.province) \(province.name ?? "")")
        }
        return ReportTable(
            caption: say(
                "All provinces with facilities that sent, longest stuck first",
                "Tất cả các tỉnh có cơ sở gửi, chờ lâu nhất trước"),
            columns: heads([.text(say("Province", "Tỉnh")), .number(say("Facilities", "Số cơ sở"))]),
            rows: figures.provinces.map { province in
                [name(province), .count(province.facilities)] + waits(province.pendingSince, province.pending)
                    + [.count(province.submitted), .count(province.shared), .count(province.refused)]
                    + [.count(province.withdrawn)]
            },
            foot: [
                .text(say("All", "Tất cả"), style: "total"), .count(figures.provinces.reduce(0) { $0 + $1.facilities }),
            ]
                + waits(total.pendingSince, total.pending)
                + [.count(total.submitted), .count(total.shared), .count(total.refused), .count(total.withdrawn)],
            isSortable: true
        ).markup
    }

    /// Longest stuck first, then the largest.
    private var sorted: [FacilityFigures] {
        figures.facilities.sorted {
            ($0.pendingSince ?? .max, -$0.pending, -$0.submitted, $0.facility)
                < ($1.pendingSince ?? .max, -$1.pending, -$1.submitted, $1.facility)
        }
    }

    private var facilities: Markup {
        let all = sorted
        let total = figures.total
        let foot =
            [.text(say("All \(all.count) rows", "Tất cả \(all.count) dòng"), style: "total")]
            + waits(total.pendingSince, total.pending)
            + [.count(total.submitted), .count(total.shared), .count(total.refused), .count(total.withdrawn)]
            + [.count(total.corrected), rate(total)]
        let first = table(
            all.prefix(Self.mostShown),
            say("Records by facility, longest stuck first", "Hồ sơ theo cơ sở, chờ lâu nhất trước"),
            foot: foot)
        guard all.count > Self.mostShown else { return first }
        let rest = all.count - Self.mostShown
        return Markup([
            first,
            .tag(
                "details", [:],
                [
                    .tag("summary", text: say("The other \(rest) facilities", "\(rest) cơ sở còn lại")),
                    table(
                        all.dropFirst(Self.mostShown),
                        say("Records by facility, continued", "Hồ sơ theo cơ sở, tiếp theo"), foot: nil),
                ]),
        ])
    }

    private func table(
        _ facilities: ArraySlice<FacilityFigures>, _ caption: String, foot: [ReportTable.Cell]?
    ) -> Markup {
        ReportTable(
            caption: caption,
            columns: heads([.text(say("Facility", "Cơ sở"))])
                + [.number(say("Corrected", "Đã sửa")), .number(say("Refusal rate", "Tỷ lệ từ chối"))],
            rows: facilities.map { facility in
                [name(facility)] + waits(facility.pendingSince, facility.pending)
                    + [.count(facility.submitted), .count(facility.shared), .count(facility.refused)]
                    + [.count(facility.withdrawn), .count(facility.corrected), rate(facility)]
            }, foot: foot, isSortable: true
        ).markup
    }

    private func name(_ facility: FacilityFigures) -> ReportTable.Cell {
        .init(
            Markup([
                .tag("code", text: facility.facility), .tag("span", ["class": "sub"], text: facility.name ?? ""),
            ]))
    }

    private func rate(_ facility: FacilityFigures) -> ReportTable.Cell {
        .init(
            Markup(NumberText.percent(facility.refused, of: facility.submitted, say)),
            order: facility.submitted > 0 ? facility.refused * 100_000 / facility.submitted : 0)
    }

    /// Refusals of each facility by reason.
    private var refusals: Markup {
        let heads = content.reasons.prefix(Self.mostReasons).map(\.code)
        let refused = sorted.filter { !$0.refusals.isEmpty }
        guard !refused.isEmpty else { return Markup([]) }
        let most = refused.flatMap { facility in heads.map { facility.refusals[$0] ?? 0 } }.max() ?? 0
        let table = ReportTable(
            caption: say(
                "Refusals by facility and reason, corrected ones among them; the darker a cell, the more",
                "Từ chối theo cơ sở và lý do, kể cả đã được sửa; ô càng đậm càng nhiều"),
            columns: [.text(say("Facility", "Cơ sở"))] + heads.map { .number(Self.breakable($0)) }
                + [.number(say("other", "khác"))],
            rows: refused.map { facility in
                let known = heads.map { facility.refusals[$0] ?? 0 }
                let rest = facility.refusals.values.reduce(0, +) - known.reduce(0, +)
                return [name(facility)] + known.map { .count($0, style: Self.heat($0, most)) } + [.count(rest)]
            }, isSortable: true)
        return .tag(
            "details", [:],
            [
                .tag(
                    "summary",
                    text: say(
                        "Refusals by reason of \(refused.count) facilities",
                        "Từ chối theo lý do của \(refused.count) cơ sở")),
                table.markup,
            ])
    }

    /// A long code may go on in the next line after each point and hyphen.
    private static func breakable(_ code: String) -> String {
        code.replacing(".", with: ".\u{200B}").replacing("-", with: "-\u{200B}")
    }

    private static func heat(_ value: Int64, _ most: Int64) -> String {
        value <= 0 || most <= 0 ? "zero" : "heat\(min(5, (value * 5 + most - 1) / most))"
    }
}
