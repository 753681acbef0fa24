/// The vaccines of the synthetic vaccinations. Diseases and ages follow the expanded programme of immunization and what
/// adults are offered besides; codes, series and weights are simulator-defined.
struct VaccineTable {
    struct Entry {
        /// Fields 1 to 3 of a `Vaccination`: code, name, diseases.
        var what: [UInt8]
        /// Fields 8 and 9: how, and where on the body.
        var how: [UInt8]
        /// Doses of the series.
        var doses: UInt64
        /// Ages in years at which it is given.
        var ages: ClosedRange<Int>
    }

    let entries: [Entry] = rows

    /// Draws the vaccine of someone of this age in years.
    func draw(age: Int, _ draws: inout Draws) -> Int {
        let fitting = entries.indices.filter { entries[$0].ages.contains(max(age, 0)) }
        return fitting.isEmpty ? 0 : fitting[draws.below(fitting.count)]
    }

    private static func row(_ words: String, doses: UInt64, _ ages: ClosedRange<Int>) -> Entry {
        let parts = words.split(separator: "|").map(String.init)
        return Entry(
            what: FieldWriter.encode { writer in
                for place in 0..<3 { writer.text(place + 1, parts[place]) }
            },
            how: FieldWriter.encode { writer in
                writer.text(8, parts[3])
                if parts.count > 4 { writer.text(9, parts[4]) }
            }, doses: doses, ages: ages)
    }

    private static let rows: [Entry] = [
        row("VX-BCG|Vắc xin BCG|lao|trong da|bắp tay trái", doses: 1, 0...0),
        row("VX-VGB|Vắc xin viêm gan B|viêm gan B|tiêm bắp|đùi phải", doses: 3, 0...0),
        row(
            "VX-DPT-VGB-HIB|Vắc xin 5 trong 1|bạch hầu;ho gà;uốn ván;viêm gan B;Hib|tiêm bắp|đùi trái", doses: 3, 0...1),
        row("VX-BOPV|Vắc xin bại liệt uống|bại liệt|uống", doses: 3, 0...1),
        row("VX-ROTA|Vắc xin Rota|tiêu chảy do rotavirus|uống", doses: 2, 0...0),
        row("VX-SOI|Vắc xin sởi|sởi|dưới da|bắp tay trái", doses: 1, 0...1),
        row("VX-MR|Vắc xin sởi, rubella|sởi;rubella|dưới da|bắp tay phải", doses: 1, 1...5),
        row("VX-VNNB|Vắc xin viêm não Nhật Bản|viêm não Nhật Bản|dưới da|bắp tay trái", doses: 3, 1...14),
        row("VX-DPT|Vắc xin bạch hầu, ho gà, uốn ván|bạch hầu;ho gà;uốn ván|tiêm bắp|đùi trái", doses: 4, 1...5),
        row("VX-CUM|Vắc xin cúm mùa|cúm|tiêm bắp|bắp tay trái", doses: 1, 1...120),
        row("VX-UV|Vắc xin uốn ván|uốn ván|tiêm bắp|bắp tay trái", doses: 5, 15...120),
        row("VX-PHECAU|Vắc xin phế cầu|bệnh do phế cầu|tiêm bắp|bắp tay phải", doses: 1, 50...120),
    ]
}
