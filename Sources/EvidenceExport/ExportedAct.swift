import ExchangeSchema
import Foundation
public import PartyStore

/// What a person did, behind a leaf of the auditor's log.
public struct ExportedAct: Sendable {
    /// The act: who, what, why.
    public var entry: AccessEntry
    /// How it is known who did it, as a code; simulator-defined.
    public var knownBy: String
    /// The same in words.
    public var knownByText: String

    /// Takes all fields.
    public init(entry: AccessEntry, knownBy: String, knownByText: String) {
        self.entry = entry
        self.knownBy = knownBy
        self.knownByText = knownByText
    }

    /// Code of the value set "AuditEventAction": what becomes of what it is done to.
    var actionCode: String {
        switch entry.action {
        case AccessEntry.erase: "D"
        case "sign", "redrive", "replay", "enrol": "E"
        default: "R"
        }
    }

    /// The login or user identifier: what is in the first brackets of who did it, where that is one.
    var login: String? {
        guard let start = entry.who.range(of: "uid ") else { return nil }
        let digits = entry.who[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : "uid \(digits)"
    }

    /// The pseudonym of a citizen that the object names; nil where it names none.
    var pseudonym: String? {
        guard let start = entry.subject.range(of: "pseudonym ") else { return nil }
        let digits = entry.subject[start.upperBound...].prefix { $0.isHexDigit }
        return digits.isEmpty ? nil : String(digits)
    }
}

extension AuditEventResource {
    /// Says of a leaf who did what and why.
    mutating func tell(_ act: ExportedAct) {
        type = FHIRCode.access
        // A code has no blanks but single ones; what an unknown client wrote may be anything.
        let isCode = !act.entry.action.isEmpty && act.entry.action.allSatisfy { $0.isLetter || $0 == "-" }
        subtype.append(Coding(FHIRCode.act, isCode ? act.entry.action : "unknown"))
        action = act.actionCode
        purposeOfEvent = Self.purpose(act)
        // Whoever kept the leaf is the observer of the event, and not who did it.
        agent = [Self.agent(act)]
        if let order = act.entry.order {
            entity[0].detail = (entity[0].detail ?? []) + [Detail(type: "order", valueString: order)]
        }
        entity += Self.objects(act)
    }

    /// The person.
    static func agent(_ act: ExportedAct) -> Agent {
        // What an unknown client wrote may be nothing at all.
        let who = act.entry.who.isEmpty ? "nobody" : act.entry.who
        return Agent(
            extension: [
                Extension(
                    FHIRCode.knownBy,
                    [Extension("code", act.knownBy), Extension("text", act.knownByText)])
            ],
            who: Reference(identifier: Identifier(system: FHIRCode.person, value: who), display: who),
            altId: act.login, name: who, requestor: true, purposeOfUse: purpose(act))
    }

    /// Why; nil where nothing is said.
    static func purpose(_ act: ExportedAct) -> [CodeableConcept]? {
        act.entry.purpose.isEmpty ? nil : [CodeableConcept(text: act.entry.purpose)]
    }

    /// What it was done to: records, or a citizen by a pseudonym, or something else in words.
    static func objects(_ act: ExportedAct) -> [Entity] {
        var entities = act.entry.records.map { record in
            Entity(what: Reference(uuid: record.description), description: "the record")
        }
        if let pseudonym = act.pseudonym {
            entities.append(
                Entity(
                    what: Reference(identifier: Identifier(system: FHIRCode.pseudonym, value: pseudonym), display: nil),
                    description: act.entry.subject))
        }
        if entities.isEmpty, !act.entry.subject.isEmpty { entities.append(Entity(what: nil, name: act.entry.subject)) }
        return entities
    }
}
