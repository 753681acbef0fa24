import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH refuses once it has a register of facilities, and what it goes on taking.
@Suite struct RegisteredSenderRuleTests {
    /// Two facilities: 01013 with its practitioners, 01014 not connected.
    private struct Register: FacilityRegistry {
        var namesPractitioners = false

        func facility(_ code: FacilityCode) throws -> RegisteredFacility? {
            guard let hanoi = Province(code: "01"), [1_013, 1_014].contains(code.number) else { return nil }
            return RegisteredFacility(
                code: code, identifier: nil, province: hanoi, kind: .hospital, isConnected: code.number == 1_013,
                hasElectronicRecords: true, namesPractitioners: namesPractitioners)
        }

        func hasPractitioner(_ certificate: String, at code: FacilityCode) throws -> Bool {
            certificate == "000001/HNO-CCHN"
        }
    }

    private struct Unreadable: FacilityRegistry, Error, Equatable {
        func facility(_ code: FacilityCode) throws -> RegisteredFacility? { throw self }
        func hasPractitioner(_ certificate: String, at code: FacilityCode) throws -> Bool { throw self }
    }

    private func answer(
        from facility: String = "01013", _ register: any FacilityRegistry, practitioners: [String] = [],
        duties: Duties = .moh2024
    ) throws -> (verdict: Verdict, correction: Correction?) {
        var rig = Rig(MoHCore(duties: duties, facilities: register))
        var visit = SampleVisit()
        visit.facilityCode = facility
        visit.insurance.maCskcb = facility
        var message = visit.facilityRecord()
        var details = ClinicalDetails()
        details.services = practitioners.map {
            var line = ServiceLine()
            line.maBacSi = $0
            return line
        }
        message.clinicalDetails = .init(details.encoded)
        let verdict = try rig.receive(message, visit.record)
        let sent = rig.takeSent().first { $0.head.type == .correction }
        return (verdict, try sent?.decoded())
    }

    @Test func aRegisteredFacilityIsTakenWhoeverItsPractitionersAre() throws {
        let answer = try answer(Register(), practitioners: ["999999/HNO-CCHN"])
        #expect(answer.verdict == Verdict(.accepted))
    }

    @Test(arguments: [
        ("01015", ReasonCode.mohFacilityUnknown, "the facility is on the ministry's register"),
        ("01014", .mohFacilityNotConnected, "the facility is connected, by the ministry's register"),
    ])
    func othersAreRefusedByCode(facility: String, reason: ReasonCode, rule: String) throws {
        let answer = try answer(from: facility, Register())
        #expect(answer.verdict == Verdict(.refused, reason))
        #expect(answer.correction?.code == reason.text)
        #expect(answer.correction?.field == "MA_CSKCB")
        #expect(answer.correction?.value == facility)
        #expect(answer.correction?.rule == rule)
    }

    @Test func practitionersAreLookedUpWhereTheFacilityNamesThem() throws {
        let register = Register(namesPractitioners: true)
        #expect(try answer(register, practitioners: ["000001/HNO-CCHN", ""]).verdict == Verdict(.accepted))
        let stranger = try answer(register, practitioners: ["000001/HNO-CCHN; 000002/HNO-CCHN"])
        #expect(stranger.verdict == Verdict(.refused, .mohPractitionerUnknown))
        #expect(stranger.correction?.field == "MA_BAC_SI")
        #expect(stranger.correction?.value == "000002/HNO-CCHN")
    }

    @Test(arguments: [("000001/HNO-CCHN", nil as ReasonCode?), ("000009/HNO-CCHN", .mohPractitionerUnknown), ("", nil)])
    func whoVaccinatedIsLookedUpToo(practitioner: String, refused: ReasonCode?) throws {
        var sample = SampleVisit.vaccination()
        sample.clinical.vaccination.maBacSi = practitioner
        let register = Register(namesPractitioners: true)
        let refusal = try RegisteredSenderRule.refusal(of: sample.facilityRecord(), by: register)
        #expect(refusal?.reason == refused)
        #expect(refusal == nil || refusal?.field == "MA_BAC_SI" && refusal?.value == practitioner)
    }

    @Test func aRegisterThatCannotBeReadRefusesNobody() throws {
        #expect(throws: Unreadable()) { try answer(Unreadable()) }
    }
}
