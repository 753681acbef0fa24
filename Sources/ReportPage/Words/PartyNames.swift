import Audit
import Topology
import Vocabulary

/// Names of parties and agreements for people. A title that the topology gives is said as it stands, unless it is one of
/// the shipped files', which both languages have.
struct PartyNames {
    let topology: Topology
    let say: PageLanguage

    /// Full name of a party, a shard or the auditor.
    func title(_ name: String) -> String {
        if name == AuditPlan.auditorName { return say("Auditor", "Bên giám sát") }
        if let party = topology.party(named: name) { return title(party) }
        let shard = topology.shards.first { $0.name == name }
        guard let shard, let number = shard.partition, let party = topology.party(named: shard.party) else {
            return name
        }
        return title(party) + say(", shard \(number)", ", phân mảnh \(number)")
    }

    private func title(_ party: Party) -> String {
        let title = party.title ?? party.name
        return say(title, Self.shipped[title] ?? title)
    }

    private static let shipped = [
        "Hospitals and clinics": "Bệnh viện và phòng khám", "Ministry of Health": "Bộ Y tế",
        "Vietnam Social Security": "Bảo hiểm xã hội Việt Nam", "C06, Ministry of Public Security": "C06, Bộ Công an",
        "Provinces": "Các tỉnh, thành phố",
    ]

    /// A short name inside a sentence.
    func short(_ name: String) -> String {
        if name == AuditPlan.auditorName { return say("the auditor", "bên giám sát") }
        guard let party = topology.party(named: name), name == party.role.rawValue else { return name }
        return short(party.role)
    }

    /// A short name of whoever has a role.
    func short(_ role: PartyRole) -> String {
        switch role {
        case .facility: say("the facilities", "các cơ sở khám, chữa bệnh")
        case .moh: say("MoH", "Bộ Y tế")
        case .vss: say("VSS", "BHXH Việt Nam")
        case .c06: "C06"
        case .locality: say("the provinces", "các tỉnh, thành phố")
        }
    }

    /// Short names one after the other.
    func short(_ names: [String]) -> String { say.list(names.map(short)) }

    /// An agreement inside a sentence.
    func agreement(_ name: String) -> String {
        let words = name.replacing("-", with: " ")
        let title = topology.agreements.first { $0.name == name }?.title ?? words
        return say("the \(words)", name == Self.regulation ? "quy chế phối hợp" : "thỏa thuận “\(title)”")
    }

    /// An agreement's full title.
    func title(_ agreement: Agreement) -> String {
        guard agreement.title == Self.regulationTitle else { return agreement.title }
        return say(
            agreement.title, "Quy chế phối hợp giữa Bộ Y tế, BHXH Việt Nam và C06 về Sổ sức khỏe điện tử")
    }

    private static let regulation = "coordination-regulation"
    private static let regulationTitle = "Coordination regulation of MoH, VSS and C06 on the Electronic Health Book"
}
