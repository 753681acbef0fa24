/// The people of the kit: whom VSS and C06 must know before they are tried. `cycle conformance PARTY --people FILE` writes
/// them as CSV. All of them are made up.
package enum ConformancePeople {
    private static func made(
        _ number: Int, _ name: String, subject: String = "GD4", percent: Int = 80, event: String = "",
        _ story: String, _ more: [String: String] = [:]
    ) -> ConformancePerson {
        // Born in Hà Nội (001) in 1985, a man (0) or a woman (1); no two have the same last six digits.
        var more = more
        if !event.isEmpty {
            more["cardEvent"] = event
            more["cardEventSince"] = "2026-03-01"
        }
        return ConformancePerson(
            citizenNumber: (name.contains(" THỊ ") ? "001185" : "001085") + String(990_100 + number), fullName: name,
            birthDate: "1985-03-17",
            card: "\(subject)01" + String(9_901_000_100 + number), more: more, story: story, percent: percent)
    }

    static let covered = made(1, "THỬ NGHIỆM VĂN MỘT", "a card in force")
    static let soldier = made(2, "THỬ NGHIỆM VĂN HAI", subject: "QN5", percent: 100, "a soldier's card: 001")
    static let police = made(3, "THỬ NGHIỆM VĂN BA", subject: "CA5", percent: 100, "a police officer's card: 002")
    static let replacedStillValid = made(
        4, "THỬ NGHIỆM VĂN BỐN", event: "replaced-still-valid", "another card was issued, this one still counts: 004")
    static let uninsured: ConformancePerson = {
        var person = made(5, "THỬ NGHIỆM VĂN NĂM", "not insured")
        person.card = ""
        return person
    }()
    static let expired: ConformancePerson = {
        var person = made(6, "THỬ NGHIỆM VĂN SÁU", "a card that ended in April 2026: 010")
        person.validity = ("2026-01-01", "2026-04-30")
        return person
    }()
    static let replaced = made(7, "THỬ NGHIỆM VĂN BẢY", event: "replaced", "another card was issued: 003")
    static let recalled = made(8, "THỬ NGHIỆM VĂN TÁM", event: "recalled", "a recalled card: 110")
    static let decreased = made(9, "THỬ NGHIỆM VĂN CHÍN", event: "decreased", "reported as decreased: 120")
    static let movedAway = made(
        10, "THỬ NGHIỆM VĂN MƯỜI", event: "moved-to-another-province", "a card of another province now: 121")
    static let movedInside = made(
        11, "THỬ NGHIỆM THỊ MỘT", event: "moved-inside-province", "another card in the same province: 122")
    static let readded = made(
        12, "THỬ NGHIỆM THỊ HAI", event: "readded-at-same-unit", "taken up again at the same unit: 123")
    static let stopped = made(
        13, "THỬ NGHIỆM THỊ BA", event: "stopped-participating", "takes part no more: 124")
    static let moved = made(
        14, "THỬ NGHIỆM THỊ BỐN", "moved from Hà Nội to Đà Nẵng", ["movedOn": "2026-02-01", "movedTo": "48"])
    static let dead = made(15, "THỬ NGHIỆM THỊ NĂM", "died in May 2026", ["diedOn": "2026-05-02"])
    static let renumbered = made(
        16, "THỬ NGHIỆM THỊ SÁU", "has another number since May 2026, and nine digits of an old card",
        ["earlierNumbers": "001185990216@2026-05-01 990000116"])
    static let sharesOldNumber = made(
        17, "THỬ NGHIỆM THỊ BẢY", "shares nine digits of an old card with the next", ["earlierNumbers": "990000117"])
    static let sharesOldNumberToo = made(
        18, "THỬ NGHIỆM THỊ TÁM", "shares nine digits of an old card with the one before",
        ["earlierNumbers": "990000117"])
    static let missing = made(
        19, "THỬ NGHIỆM THỊ CHÍN", "nobody knows where this person is", ["missingSince": "2026-01-15"])
    /// In no register.
    static let unknown: ConformancePerson = {
        var person = made(99, "THỬ NGHIỆM VĂN KHÔNG", "in no register")
        person.citizenNumber = "001085990999"
        person.card = "GD4019901000999"
        return person
    }()

    /// All who are in the registers.
    package static let all = [
        covered, soldier, police, replacedStillValid, uninsured, expired, replaced, recalled, decreased, movedAway,
        movedInside, readded, stopped, moved, dead, renumbered, sharesOldNumber, sharesOldNumberToo, missing,
    ]

    /// The file, as docs/people.md describes it.
    package static var csv: String {
        let columns = [
            "citizenNumber", "earlierNumbers", "fullName", "birthDate", "sex", "province", "card", "cardValidFrom",
            "cardValidTo", "registeredFacility", "cardEvent", "cardEventSince", "diedOn", "movedOn", "movedTo",
            "missingSince", "story",
        ]
        let lines = all.map { person in
            columns.map { column in
                switch column {
                case "citizenNumber": person.citizenNumber
                case "fullName": person.fullName
                case "birthDate": person.birthDate
                case "sex": person.sex
                case "province": "01"
                case "card": person.card
                case "cardValidFrom": person.card.isEmpty ? "" : person.validity.0
                case "cardValidTo": person.card.isEmpty ? "" : person.validity.1
                case "registeredFacility": person.card.isEmpty ? "" : ConformanceVisit.facility
                case "story": "\"\(person.story)\""
                default: person.more[column] ?? ""
                }
            }.joined(separator: ",")
        }
        return ([columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }
}
