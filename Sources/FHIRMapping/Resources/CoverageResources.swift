import ExchangeSchema
import HealthStandards

/// The cards of XML1 as Coverage. Several cards of one stay are joined by `;`, and so are their dates (Decision 130/QD-BYT,
/// annex, XML1 MA_THE_BHYT).
enum CoverageResources {
    struct Card: Equatable {
        var number: String
        var from = ""
        var to = ""
        var registered = ""
    }

    /// The fields that they carry whole.
    static func carried(_ row: NamedRow) -> Set<String> {
        guard let count = cards(row)?.count, count > 0 else { return [] }
        var fields: Set<String> = ["MA_THE_BHYT"]
        for field in ["GT_THE_TU", "GT_THE_DEN"] where dates(row[field], count) != nil { fields.insert(field) }
        if list(row["MA_DKBD"], count) != nil { fields.insert("MA_DKBD") }
        return fields
    }

    /// The cards; nil where they would not come back as they were written.
    static func cards(_ row: NamedRow) -> [Card]? {
        let written = row["MA_THE_BHYT"]
        if written.isEmpty { return [] }
        let count = written.utf8.count { $0 == 0x3B } + 1
        guard let numbers = list(written, count), numbers.allSatisfy({ MappingContext.code($0) != nil }) else {
            return nil
        }
        let (from, to) = (dates(row["GT_THE_TU"], count), dates(row["GT_THE_DEN"], count))
        let registered = list(row["MA_DKBD"], count)
        return numbers.enumerated().map { place, number in
            Card(
                number: number, from: from?[place] ?? "", to: to?[place] ?? "", registered: registered?[place] ?? "")
        }
    }

    static func write(
        _ card: Card, patient: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(key, stamp)
        object.set(
            "extension",
            [
                FHIRObject {
                    guard !card.registered.isEmpty else { return }
                    $0.set("url", CodeSystem.fieldExtension("MA_DKBD"))
                    $0.set("valueString", card.registered)
                }
            ])
        object.set("identifier", [context.identifier(.insuranceCard, card.number)])
        object.set("status", "active")
        object.set("subscriberId", card.number)
        object.set("beneficiary", context.reference(patient))
        object.set(
            "period",
            FHIRObject {
                $0.set("start", FHIRTime.dateTime(card.from))
                $0.set("end", FHIRTime.dateTime(card.to))
            })
        object.set("payor", [FHIRObject { $0.set("display", "Bảo hiểm xã hội Việt Nam") }])
        return object
    }

    /// Puts coverages into XML1, in their order.
    static func read(_ coverages: [FHIRValue], into row: inout NamedRow) {
        let cards = coverages.map { coverage in
            let numbers = coverage["identifier"]?.elements ?? []
            let number = numbers.first { IdentifierKind.insuranceCard.isNamed(by: $0.text("system")) }?.text("value")
            let registered = (coverage["extension"]?.elements ?? []).first {
                $0.text("url") == CodeSystem.fieldExtension("MA_DKBD")
            }
            return Card(
                number: number ?? coverage.text("subscriberId"),
                from: FHIRTime.written(coverage["period"]?.text("start") ?? "") ?? "",
                to: FHIRTime.written(coverage["period"]?.text("end") ?? "") ?? "",
                registered: registered?.text("valueString") ?? "")
        }
        func joined(_ values: [String]) -> String {
            values.allSatisfy(\.isEmpty) ? "" : values.joined(separator: ";")
        }
        row["MA_THE_BHYT"] = joined(cards.map(\.number))
        row["GT_THE_TU"] = joined(cards.map(\.from))
        row["GT_THE_DEN"] = joined(cards.map(\.to))
        row["MA_DKBD"] = joined(cards.map(\.registered))
    }

    private static func list(_ written: String, _ count: Int) -> [String]? {
        let values = written.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        return values.count == count && !values.contains("") ? values : nil
    }

    private static func dates(_ written: String, _ count: Int) -> [String]? {
        list(written, count).flatMap { $0.allSatisfy { $0.count == 8 && FHIRTime.dateTime($0) != nil } ? $0 : nil }
    }
}
