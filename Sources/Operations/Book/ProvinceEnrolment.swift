import C06Party
import Composition
import ExchangeSchema
import PartyCore
import PartyStore
import Registers
public import Supervision
import SyntheticPopulation
import Topology
import Vocabulary

/// `cycle book enrol`: opens a book at MoH for each resident of a province whom C06 and VSS know, before any visit (phase 1
/// of the Hanoi pilot).
///
/// No public text says how the two lists come to MoH. Here whoever runs the exchange carries them, from the registers that
/// C06 and VSS ask, to MoH's inbox: C06 says who lives there, once the agreement is in force without which it says nothing,
/// and only what it has reported; VSS adds card and facility. Of somebody whom only one of them knows MoH learns nothing, and
/// of somebody who has a book nothing anew. Simulator-defined.
public struct ProvinceEnrolment {
    private typealias People = LayeredRegister<PopulationRegister, SyntheticPopulation>
    private typealias Insured = LayeredRegister<InsuranceRegister, SyntheticPopulation>

    /// People told to MoH at once: a transaction.
    private static let listLength = 1_000

    private let layout: ExchangeLayout
    private let record: ExchangeRecord
    private let setup: PartySetup
    private let province: Province
    private let ministry: TopologyParty

    /// - Parameter code: Two digits of Decision 19/2025/QD-TTg.
    /// - Throws: ``ProgramFailure`` when there is no such province, or the directory has no exchange with MoH, VSS and C06.
    public init(province code: String, layout: ExchangeLayout) throws {
        guard let province = Province(code: code) else {
            throw ProgramFailure(
                "\(code) is no province; give two digits of Decision 19/2025/QD-TTg, one of "
                    + ProvinceCode.all.joined(separator: ", "))
        }
        self.province = province
        self.layout = layout
        record = try layout.requiredRecord()
        var setup = try PartySetup(
            topology: layout.topologyPath, scenario: layout.scenarioPath, records: Int(record.records),
            seed: record.seed)
        setup.people = record.people(layout)
        setup.facilities = record.facilities(layout)
        self.setup = setup
        ministry = try setup.party(.moh, given: nil)
        for role in [PartyRole.moh, .vss, .c06] {
            let name = try setup.party(role, given: nil).name
            if record.outside?.contains(name) == true {
                throw ProgramFailure(
                    "\(name) is outside: somebody else runs it, and what it knows of people is not here")
            }
        }
    }

    /// Opens the books, and counts.
    /// - Parameter purpose: Why, for the auditor's log.
    /// - Throws: ``ProgramFailure`` when C06 may not say who lives there yet, or MoH does not take the list; `StoreError`.
    ///   What was opened before stays; the same command goes on.
    public func run(purpose: String) throws -> EnrolmentReport {
        let figures = try populationFigures()
        if let gate = AgreementGate(setup.topology), !gate.isInForce(figures) {
            throw ProgramFailure(
                "\(gate.agreement) is not in force, so C06 does not say who lives where; see cycle agreement status")
        }
        try AccessNote.note(
            action: "enrol", subject: "province \(province.code)", purpose: purpose, layout: layout)
        let population = try setup.populationRegister("c06")
        let insured = try setup.insuranceRegister("vss")
        let recipient = try EnrolmentRecipient(ministry, setup: setup, layout: layout)
        var report = EnrolmentReport(province: province.code, provinceName: province.name)
        do {
            try open(population, insured, afterReports: figures.civil.next, at: recipient, &report)
            report.insuranceRegisterOnly = try cardholders(population, insured)
            var last = EnrolPeople()
            last.count.province = province.code
            last.count.residents = report.residents
            last.count.withBook = report.withBook
            report.countedAt = try recipient.give(last).enrolledAt
        } catch {
            // What went wrong is said, and not that the directory could not be given back besides.
            try? recipient.close()
            throw error
        }
        try recipient.close()
        if report.residents > 0 { report.coverage = Double(report.withBook) / Double(report.residents) }
        return report
    }

    /// What C06 has heard and reported so far.
    private func populationFigures() throws -> OwnFigures {
        let party = try setup.party(.c06, given: nil)
        return OwnFigures.total(
            try setup.topology.shards(of: party).compactMap { shard in
                let directory = layout.directory(of: shard)
                for _ in 1..<Self.attempts {
                    do { return try figures(in: directory) } catch let error as StoreError where error.code == .inUse {}
                }
                return try figures(in: directory)
            })
    }

    /// A party that is started while it is read is read again, as one that runs.
    private static let attempts = 5

    private func figures(in directory: String) throws -> OwnFigures? {
        let isRunning = layout.isInUse
        let opening = try StoreInspection.open(directory: directory)
        switch opening {
        // One that has just been started has heard and reported nothing.
        case .absent, .unwritten: if isRunning { return nil }
        case .begun, .interrupted: break
        }
        return try opening.required(directory).progress.books.figures
    }

    /// Somebody who lives in the province.
    private struct Resident {
        var number: UInt64
        /// What MoH may be told; nil of somebody whom only C06 knows, or of whom VSS says something else.
        var enrolment: BookEnrolment?
    }

    private func open(
        _ population: People, _ insured: Insured, afterReports reported: Int64, at recipient: EnrolmentRecipient,
        _ report: inout EnrolmentReport
    ) throws {
        var list: [Resident] = []
        list.reserveCapacity(Self.listLength)
        try population.forEachPossibleResident(of: province) { found in
            let person = found.known(afterReports: reported)
            guard person.residentProvince == province, person.death == nil else { return }
            report.residents += 1
            var resident = Resident(number: person.citizenNumber.number)
            if try !isListed(person.citizenNumber, own: population.first) {
                report.notListed += 1
            } else if let card = try insured.insured(citizenNumber: person.citizenNumber) {
                resident.enrolment = Self.enrolment(person, card)
                if resident.enrolment == nil { report.contradictory += 1 }
            } else {
                report.populationRegisterOnly += 1
            }
            list.append(resident)
            if list.count == Self.listLength {
                try open(list, at: recipient, &report)
                list.removeAll(keepingCapacity: true)
            }
        }
        try open(list, at: recipient, &report)
    }

    /// Whether the registers have brought the data of somebody of the scenario so far that a book can be opened: the share that
    /// the scenario says, always the same people. Of people of one's own what their file says is complete.
    private func isListed(_ number: CitizenNumber, own: PopulationRegister?) throws -> Bool {
        let share = setup.scenario?.scenario.population.enrolledShare ?? 1
        if try share >= 1 || own?.person(citizenNumber: number) != nil { return true }
        // SplitMix64 (Steele, Lea, Flood, 2014), so that neighbours differ.
        var mixed = number.number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ mixed >> 31) % 1_000_000) < share * 1_000_000
    }

    /// Opens the books of one list, in one transaction of MoH's.
    private func open(
        _ list: [Resident], at recipient: EnrolmentRecipient, _ report: inout EnrolmentReport
    ) throws {
        guard !list.isEmpty else { return }
        let known = try recipient.withBook(list.map(\.number))
        var request = EnrolPeople()
        for resident in list {
            guard let enrolment = resident.enrolment else { continue }
            if known.contains(resident.number) {
                report.alreadyThere += 1
            } else {
                request.people.append(enrolment)
            }
        }
        report.withBook += Int64(known.count + request.people.count)
        report.opened += Int64(request.people.count)
        if !request.people.isEmpty { _ = try recipient.give(request) }
    }

    /// What MoH may be told of somebody whom both registers know; nil where they do not say the same.
    private static func enrolment(_ person: RegisteredPerson, _ card: InsuredPerson) -> BookEnrolment? {
        guard PersonName.areSame(person.fullName, card.fullName), person.birthDate.agrees(with: card.birthDate) else {
            return nil
        }
        var enrolment = BookEnrolment()
        enrolment.citizenNumber = person.citizenNumber.description
        enrolment.fullName = person.fullName
        enrolment.birthDate = person.birthDate.description
        enrolment.residentProvince = person.residentProvince.code
        enrolment.socialInsuranceNumber = card.socialInsuranceNumber.description
        enrolment.registeredFacility = card.registeredFacility?.description ?? ""
        return enrolment
    }

    /// Holders of cards of the file whom C06 does not know. Computed people are in both registers.
    private func cardholders(_ population: People, _ insured: Insured) throws -> Int64 {
        var count: Int64 = 0
        try insured.first?.forEachCardholder(issuedIn: province) { number in
            if let number, try population.person(citizenNumber: number) != nil { return }
            count += 1
        }
        return count
    }
}
