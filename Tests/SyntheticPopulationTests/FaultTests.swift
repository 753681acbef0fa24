import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import SyntheticPopulation

/// Each fault breaks exactly the rule that it claims, and its correction breaks none.
@Suite struct FaultTests {
    static func population(_ faults: [FaultKind: UInt64], persons: UInt64 = 20_000) throws -> SyntheticPopulation {
        var configuration = PopulationConfiguration(seed: 11, persons: persons)
        configuration.faultPartsPerMillion = faults
        configuration.uninsuredPartsPerMillion = 400_000
        configuration.correctionPartsPerMillion = 700_000
        return try SyntheticPopulation(configuration: configuration)
    }

    /// On both routes: the first that looks is the first that answers.
    static let routes: [[PartyRole]] = [[.moh, .vss, .c06], [.vss, .moh, .c06]]

    @Test(arguments: FaultKind.allCases, routes)
    func breaksExactlyItsRule(_ kind: FaultKind, _ examiners: [PartyRole]) throws {
        let population = try Self.population([kind: 1_000_000])
        let parties = PartiesInShort(population: population)
        var faulted = 0
        for index in 0..<120 as Range<UInt64> {
            let visit = population.visit(index)
            #expect(visit.fault == kind || kind == .nameLetterEth && visit.fault == nil)
            guard visit.fault == kind else { continue }
            faulted += 1
            // The host acts upon these two; what is written is right.
            let isFlag = kind == .unreadable || kind == .sentTwice
            let expected: FaultKind.Outcome = isFlag ? .shared : visit.expectedFirstOutcome(asking: examiners)
            switch (expected, parties.answer(visit, asking: examiners)) {
            case (.refused(let code), .refused(let given)): #expect(code == given, "visit \(index)")
            case (.shared, .shared(let person)):
                #expect((person == visit.personIndex) == !kind.leadsToWrongMatch, "visit \(index)")
            case (_, let given): Issue.record("visit \(index) of \(kind) got \(given)")
            }
            #expect(!visit.willBeCorrected || kind.isCorrectable)
            if kind.isCorrectable {
                let corrected = population.visit(index, revision: 2)
                #expect(parties.answer(corrected) == .shared(person: visit.personIndex), "visit \(index)")
                #expect(corrected.recordIdentifier == visit.recordIdentifier)
                #expect(corrected.isInsured == visit.isInsured)
            }
        }
        #expect(faulted > (kind == .nameLetterEth ? 10 : 119))
    }

    @Test(arguments: [
        (FaultKind.nameDecomposed, FaultKind.nameMisspelled), (.nameLowerCase, .nameWrong),
    ])
    func isShownInTheBytes(_ kinds: (FaultKind, FaultKind)) throws {
        for kind in [kinds.0, kinds.1] {
            let population = try Self.population([kind: 1_000_000])
            for index in 0..<100 as Range<UInt64> {
                let name = population.visit(index).administrative.hoTen
                let registered = population.person(population.personIndex(ofVisit: index)).fullName
                #expect(Array(name.utf8) != Array(registered.utf8))
                #expect(
                    (PersonName.normalised(name) == registered)
                        == (kind.expectedFirstOutcome(insured: true, asking: Self.routes[0]) == .shared)
                )
            }
        }
    }

    @Test func writesTheTrapsAsTheScenarioNamesThem() throws {
        let eth = try Self.population([.nameLetterEth: 1_000_000])
        for index in 0..<60 as Range<UInt64> where eth.fault(ofVisit: index) != nil {
            let scalars = eth.visit(index).administrative.hoTen.unicodeScalars
            #expect(scalars.contains("\u{D0}") && !scalars.contains("\u{110}"))
        }
        let lower = try Self.population([.nameLowerCase: 1_000_000]).visit(0).administrative.hoTen
        #expect(lower.contains("  ") && lower != lower.uppercased())
        let unknown = try Self.population([.birthPartsUnknown: 1_000_000]).visit(0).administrative.ngaySinh
        #expect(unknown.hasSuffix("00000000") && unknown.utf8.count == 12)
        let old = try Self.population([.oldIdentityNumber: 1_000_000]).visit(0).administrative.soCccd
        #expect(old.utf8.count == 9)
        let two = try Self.population([.twoCards: 1_000_000]).visit(0).insurance
        for field in [two.maTheBhyt, two.maDkbd, two.gtTheTu, two.gtTheDen] {
            #expect(field.split(separator: ";").count == 2)
        }
        #expect(two.gtTheDen.prefix(8) < two.ngayVao.prefix(8))
        let newborn = try Self.population([.citizenNumberMissing: 1_000_000]).visit(0)
        #expect(newborn.insurance.maTheBhyt.isEmpty && newborn.administrative.soCccd.isEmpty)
        #expect(newborn.administrative.ngaySinh.hasPrefix("2026"))
    }

    /// At most one fault a visit, as often as its rate says, whatever the order of the dictionary.
    @Test func comesAsOftenAsItsRate() throws {
        let rates: [FaultKind: UInt64] = [
            .nameWrong: 50_000, .cardExpired: 100_000, .deceased: 20_000, .sentTwice: 10_000, .namesakeNumber: 30_000,
        ]
        let population = try Self.population(rates)
        let visits: UInt64 = 50_000
        var counts: [FaultKind: UInt64] = [:]
        var (correctable, corrected) = (0, 0)
        for index in 0..<visits {
            let truth = population.truth(ofVisit: index)
            guard let fault = truth.fault else { continue }
            counts[fault, default: 0] += 1
            if fault.isCorrectable { correctable += 1 }
            if truth.willBeCorrected { corrected += 1 }
        }
        #expect(Set(counts.keys) == Set(rates.keys))
        for (kind, rate) in rates {
            let expected = visits * rate / 1_000_000
            #expect(abs(Int(counts[kind] ?? 0) - Int(expected)) < Int(expected) / 8 + 30, "\(kind)")
        }
        #expect(abs(corrected * 10 - correctable * 7) < correctable / 2)
    }

    /// A population too small for a fault leaves it out, and never traps.
    @Test(arguments: FaultKind.allCases) func isLeftOutWhereNobodyFits(_ kind: FaultKind) throws {
        let population = try Self.population([kind: 1_000_000], persons: 2)
        let parties = PartiesInShort(population: population)
        for index in 0..<30 as Range<UInt64> {
            let visit = population.visit(index)
            guard visit.fault == nil else { continue }
            #expect(parties.answer(visit) == .shared(person: visit.personIndex))
        }
    }

    @Test func namesOfFaultsAreThoseOfTheScenario() {
        #expect(FaultKind.allCases.count == 59)
        #expect(FaultKind(rawValue: "citizenNumberOfAnother") == .citizenNumberOfAnother)
        #expect(FaultKind.allCases.filter { !$0.isCorrectable }.count == 26)
        for route in Self.routes {
            let insured = FaultKind.nameWrong.expectedFirstOutcome(insured: true, asking: route)
            let uninsured = FaultKind.nameWrong.expectedFirstOutcome(insured: false, asking: route)
            #expect(insured == .refused(code: "vss.060") && uninsured == .refused(code: "c06.no-match.name-differs"))
        }
    }

    /// Cards that are not the one in force have numbers of their own: nobody else's are touched.
    @Test func otherCardsAreNobodysOwn() throws {
        let population = try Self.population([:], persons: 500)
        for index in 0..<500 as Range<UInt64> {
            let own = population.person(index).socialInsuranceNumber
            #expect(population.insured(socialInsuranceNumber: own)?.standing == nil)
            #expect(OtherCard(prefix: own.number / 100_000_000) == nil)
            for card in OtherCard.allCases {
                let number = try #require(SocialInsuranceNumber(number: card.number(of: own.number)))
                let found = try #require(population.insured(socialInsuranceNumber: number))
                #expect(found.standing?.event == card.event && found.fullName == population.person(index).fullName)
                #expect(found.standing?.isReportedLate == (card == .recalledLate) || card.event == nil)
            }
        }
    }

    /// What is claimed beyond the card, the lines, or the stay is written so.
    @Test func claimsAreWrittenAsTheScenarioNamesThem() throws {
        for index in 0..<60 as Range<UInt64> {
            let above = try Self.population([.shareAboveCard: 1_000_000]).visit(index)
            #expect(above.details.drugs.allSatisfy { $0.mucHuong == "100" } && above.insurance.maDoituongKcb == "1.1")
            let elsewhere = try Self.population([.registeredElsewhere: 1_000_000]).visit(index)
            #expect(elsewhere.insurance.maDkbd != elsewhere.insurance.maCskcb)
            #expect(elsewhere.insurance.maDoituongKcb == "1.1")
            let outside = try Self.population([.lineOutsideStay: 1_000_000]).visit(index)
            #expect(outside.details.services[0].ngayYl.prefix(8) < outside.insurance.ngayVao.prefix(8))
        }
    }
}
