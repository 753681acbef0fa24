import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import HealthStandards
import PartyCore
import Testing

@testable import CommuneStation

/// Entering, amending and withdrawing: each record once, and nothing said to be taken in that is not.
@Suite struct EntryTests {
    @Test(arguments: Language.allCases) func aVisitIsTakenInOnceHoweverOftenItIsSent(say: Language) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled(say)
        let sent = try await rig.send(form)
        #expect(sent.status == 303, "\(sent.text)")
        let number = form["number"]
        #expect(sent.location == "/station/\(say.rawValue)/record?number=\(number)")
        // A double click, the same after a restart, and going back to the form.
        for _ in 0..<2 { #expect(try await rig.send(form).location == sent.location) }
        let again = try StationRig(store: rig.store, facility: rig.facility)
        defer { again.close() }
        #expect(try await again.send(form).location == sent.location)
        let back = try await rig.open("/station/\(say.rawValue)/visit?number=\(number)", follow: false)
        #expect(back.status == 303 && back.location == sent.location)
        #expect(rig.facility.count == 1 && rig.facility.revision(number) == 1 && rig.facility.commands == 1)
        let page = try await rig.open(sent.location)
        #expect(page.text.contains(say("Cơ sở đã tiếp nhận, lần gửi 1", "Taken in as revision 1")), "\(page.text)")
        #expect(page.html.contains("<html lang=\"\(say.rawValue)\">"))
        let home = try await rig.open("/station/\(say.rawValue)")
        #expect(home.text.contains(number) && home.text.contains("TRẦN THỊ HAI THẺ"))
    }

    @Test func whatIsComputedIsRight() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        #expect(try await rig.send(form).status == 303)
        let submission = try #require(rig.facility.submission(form["number"]))
        let insurance = try InsuranceBlock(decoding: submission.insurance)
        #expect(insurance.maCskcb == "01999" && insurance.ngayVao == "202611020800" && insurance.gtTheDen == "20271231")
        #expect(insurance.tThuoc == "15005" && insurance.tTongchiBv == "65005" && insurance.tBhtt == "65005")
        #expect(
            insurance.tBncct == "0" && insurance.tBntt == "0" && insurance.namQt == "2026" && insurance.thangQt == "11")
        let person = try AdministrativeBlock(decoding: submission.administrative)
        #expect(person.ngaySinh == "198005040000" && person.maLk == form["number"])
        let details = try ClinicalDetails(decoding: submission.clinicalDetails)
        #expect(details.drugs.map(\.thanhTienBv) == ["15005"] && details.services.map(\.maBenh) == ["J02.9"])
        #expect(details.results.map(\.ngayKq) == ["202611020930"])
        // Without a card the patient pays.
        let other = try await rig.filled(
            .vietnamese, ["XML1.MA_THE_BHYT": "", "XML1.GT_THE_TU": "", "XML1.GT_THE_DEN": ""])
        #expect(try await rig.send(other).status == 303)
        let unpaid = try InsuranceBlock(decoding: try #require(rig.facility.submission(other["number"])).insurance)
        #expect(unpaid.tBntt == "65005" && unpaid.tBhtt == "0" && unpaid.tTongchiBh == "0")
    }

    @Test func aVaccinationIsTakenIn() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/en/vaccination").form
        try form.fill(StationRig.vaccination)
        let sent = try await rig.send(form)
        #expect(sent.status == 303, "\(sent.text)")
        let submission = try #require(rig.facility.submission(form["number"]))
        let clinical = try ClinicalBlock(decoding: submission.clinical)
        #expect(clinical.vaccination.maVacxin == "VX-CUM" && clinical.vaccination.ngayTiem == "202611200910")
        #expect(submission.insurance.isEmpty)
    }

    @Test func anUnansweredFormKeepsWhatWasTypedAndIsTakenWhenItComesAgain() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        rig.facility.refuse(true)
        let silent = try await rig.send(form)
        #expect(silent.status == 503 && silent.text.contains("chưa chắc hồ sơ đã được tiếp nhận"), "\(silent.text)")
        #expect(silent.form["XML1.HO_TEN"] == "TRẦN THỊ HAI THẺ" && silent.form["number"] == form["number"])
        rig.facility.refuse(false)
        #expect(try await rig.send(silent.form).status == 303)
        #expect(rig.facility.count == 1)
    }

    /// The doors ended after the facility's commit and before the answer.
    @Test func whatWasTakenInBeforeTheDoorsEndedIsKnownAfterwards() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        let typed = TypedRecord(.visit, number: form["number"], form.fields)
        let store = try EntryStore(path: rig.store)
        try await store.offer(typed, of: "01999", as: 1, at: StationRig.now, forgettingBefore: 0)
        let judged = JudgedRecord(typed, facility: "01999", on: "20261118")
        #expect(judged.faults.isEmpty)
        var request = SubmitVisits()
        request.visits = [judged.submission]
        _ = rig.facility.answer(.submitVisits, request.encoded)
        #expect(try await rig.send(form).status == 303)
        #expect(rig.facility.count == 1 && rig.facility.commands == 1)
        #expect(try await store.entry(form["number"], of: "01999")?.sent == typed.values)
    }

    @Test func otherContentsUnderTheSameFormAreNotEntered() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.filled()
        #expect(try await rig.send(form).status == 303)
        form["XML1.GHI_CHU"] = "khác"
        let other = try await rig.send(form)
        #expect(other.status == 409 && other.text.contains("đã được nhập với nội dung khác"), "\(other.text)")
        #expect(rig.facility.revision(form["number"]) == 1)
    }

    @Test func aRefusedVisitIsAmendedAndItsRefusalStandsAtItsField() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let first = try await rig.filled(.vietnamese, ["XML1.GT_THE_DEN": "01/01/2025"])
        #expect(try await rig.send(first).status == 303)
        let number = first["number"]
        rig.facility.decide(number, .refused)
        let record = try await rig.open("/station/vi/record?number=\(number)")
        #expect(record.text.contains("bị từ chối") && record.text.contains("vss.010"), "\(record.text)")
        #expect(record.html.contains("/station/vi/amend?number=\(number)#XML1.GT_THE_DEN"))
        let amendment = try await rig.open("/station/vi/amend?number=\(number)")
        #expect(
            amendment.html.contains("id=\"XML1.GT_THE_DEN-fault\"") && amendment.text.contains("Lần gửi 1 bị từ chối"))
        var form = amendment.form
        #expect(form["XML1.GT_THE_DEN"] == "01/01/2025" && form["revision"] == "2")
        form["XML1.GT_THE_DEN"] = "31/12/2027"
        let sent = try await rig.send(form)
        #expect(sent.status == 303, "\(sent.text)")
        #expect(try await rig.send(form).location == sent.location, "a double click")
        #expect(rig.facility.revision(number) == 2)
        rig.facility.decide(number, .shared)
        #expect(try await rig.open(sent.location).text.contains("đã chia sẻ"))
        // The form of an earlier revision does not take the place of what stands.
        form["XML1.GHI_CHU"] = "muộn"
        let late = try await rig.send(form)
        #expect(late.status == 409 && late.form["revision"] == "3" && late.form["XML1.GHI_CHU"] == "muộn")
        #expect(rig.facility.revision(number) == 2)
        #expect(try await rig.send(late.form).status == 303)
        #expect(rig.facility.revision(number) == 3)
    }

    @Test func aWithdrawalIsAskedOnceMore() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let visit = try await rig.filled(.english)
        #expect(try await rig.send(visit).status == 303)
        let number = visit["number"]
        var form = try await rig.open("/station/en/withdraw?number=\(number)").form
        let bare = try await rig.send(form)
        #expect(bare.status == 422 && bare.html.contains("id=\"reason-fault\"") && rig.facility.revision(number) == 1)
        form["reason"] = "nhập nhầm người"
        let sent = try await rig.send(form)
        #expect(sent.status == 303)
        let page = try await rig.open(sent.location)
        #expect(
            page.text.contains("Withdrawn as revision 2, for good") && !page.html.contains("/amend?"), "\(page.text)")
        let amended = try await rig.open("/station/en/amend?number=\(number)", follow: false)
        #expect(amended.status == 303 && amended.location == sent.location)
        // The form of the visit does not bring it back.
        #expect(try await rig.send(visit).status == 303)
        #expect(rig.facility.revision(number) == 2)
    }

    @Test func whatAnotherStationEnteredIsNotShown() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        #expect(try await rig.send(form).status == 303)
        for path in ["record", "amend", "withdraw"] {
            let page = try await rig.open("/station/vi/\(path)?number=\(form["number"])", as: StationRig.other)
            #expect(page.status == 404 && !page.text.contains("HAI THẺ"))
        }
        #expect(try await !rig.open("/station/vi", as: StationRig.other).text.contains(form["number"]))
        let theirs = try await rig.send(form, as: StationRig.other)
        #expect(theirs.status == 403 && rig.facility.count == 1)
    }

    @Test func entriesAreForgottenAfterTheirTime() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        #expect(try await rig.send(form).status == 303)
        let mode = try FileManager.default.attributesOfItem(atPath: rig.store)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let later = StationRig.now + 61 * 86_400_000
        var next = try await rig.open("/station/vi/visit", at: later).form
        try next.fill(StationRig.visit)
        #expect(try await rig.send(next, at: later).status == 303)
        #expect(try await rig.open("/station/vi/record?number=\(form["number"])", at: later).status == 404)
    }
}
