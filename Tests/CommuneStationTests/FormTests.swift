import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import HealthStandards
import Testing

@testable import CommuneStation

/// The forms: who may send one, what is told of faults and where, and that nothing typed is lost.
@Suite struct FormTests {
    @Test func nobodyComesInWithoutAnAccount() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let page = try await rig.open("/station/vi/visit", as: nil)
        #expect(page.status == 401 && page.answer.headers["WWW-Authenticate"]?.hasPrefix("Basic") == true)
        var wrong = StationRig.account
        wrong.password = "y"
        #expect(try await rig.open("/station", as: wrong).status == 401)
    }

    static let elsewhere: [[String: String]] = [
        ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"], ["origin": "http://evil.example"],
        ["origin": "null"],
    ]

    @Test(arguments: elsewhere) func aFormFromAnotherSiteIsNotTaken(headers: [String: String]) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled()
        #expect(try await rig.send(form, headers: headers).status == 403)
        #expect(rig.facility.count == 0)
        #expect(
            try await rig.send(
                form, headers: ["sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8080"]
            ).status == 303)
    }

    @Test func aFormWithoutItsSealIsShownAgainAndNothingIsDone() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.filled()
        let seal = form["seal"]
        for wrong in ["", seal.dropLast() + (seal.hasSuffix("0") ? "1" : "0"), "x"] {
            form["seal"] = String(wrong)
            let page = try await rig.send(form)
            #expect(page.status == 403 && page.form["XML1.HO_TEN"] == "TRẦN THỊ HAI THẺ")
        }
        form["seal"] = seal
        // Another number than the seal's.
        var moved = form
        moved["number"] = EpisodeNumber.drawn(for: "01999", at: StationRig.now)
        #expect(try await rig.send(moved).status == 403)
        let later = StationRig.now + 43_201_000
        let late = try await rig.send(form, at: later)
        #expect(late.status == 403 && late.form["number"] == form["number"])
        #expect(rig.facility.count == 0)
        #expect(try await rig.send(late.form, at: later).status == 303)
    }

    /// What is typed, the field at which it is told, and the rule in both languages.
    static let faults: [(String, String, String, String)] = [
        ("XML1.HO_TEN", "", "bắt buộc phải có giá trị", "a value is required"),
        (
            "XML1.NGAY_VAO", "hôm nay", "không phải là ngày theo dạng yyyymmddHHMM",
            "is not a date of the form yyyymmddHHMM"
        ),
        ("XML1.NGAY_SINH", "31/02/1980", "không phải là ngày", "is not a date"),
        ("XML2.1.SO_LUONG", "mười", "không phải là số", "is not a number"),
        ("XML2.1.TEN_THUOC", "", "bắt buộc phải có giá trị", "a value is required"),
        ("XML3.1.DON_GIA_BV", "50.000", "không có dấu ngăn hàng nghìn", "without a mark between thousands"),
        ("XML1.MA_BENH_CHINH", "viêm", "mã chẩn đoán sai định dạng", "MA_BENH_CHINH"),
        ("XML1.SO_CCCD", "001180000999999", "số căn cước", "SO_CCCD"),
        ("XML1.NGAY_RA", "01/11/2026 08:00", "các mốc thời gian mâu thuẫn nhau", "discharge is not before admission"),
    ]

    @Test(arguments: faults) func aFaultStandsAtItsField(
        field: String, value: String, vietnamese: String, english: String
    ) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        for say in Language.allCases {
            let form = try await rig.filled(say, [field: value])
            let page = try await rig.send(form)
            #expect(page.status == 422, "\(page.text)")
            let fault = try #require(page.html.firstMatch(of: try Regex("id=\"\(field)-fault\">(.*?)</span></span>")))
            let text = HTMLForm.plain(String(page.html[fault.range]))
            #expect(text.contains(say(vietnamese, english)), "\(text)")
            #expect(text.contains(say("Lỗi: ", "Error: ")) && text.contains(say("nguồn", "source")), "\(text)")
            #expect(page.html.contains("<a href=\"#\(field)\">") && page.html.contains("role=\"alert\""))
            #expect(page.html.contains("aria-invalid=\"true\""))
            // All that was typed is still there.
            let kept = page.form
            for (name, typed) in form.fields where name != "seal" { #expect(kept[name] == typed, "\(name)") }
            #expect(rig.facility.count == 0)
        }
    }

    @Test func aFaultInTheSecondRowIsToldThereAlthoughTheFirstIsEmpty() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var change = Dictionary(
            uniqueKeysWithValues: StationRig.visit.keys.filter { $0.hasPrefix("XML2.1.") }.map { ($0, "") })
        change["XML2.2.TEN_THUOC"] = "Thuốc thử"
        let page = try await rig.send(try await rig.filled(.vietnamese, change))
        #expect(page.status == 422 && page.html.contains("id=\"XML2.2.SO_LUONG-fault\""), "\(page.text)")
        #expect(!page.html.contains("id=\"XML2.1.SO_LUONG-fault\""))
    }

    static let vaccinationFaults: [(String, String, String)] = [
        ("fullName", "", "bắt buộc phải có giá trị"), ("birthDate", "1980-02-31", "không phải là ngày có thật"),
        ("dose", "không", "số nguyên từ 1 đến 99"), ("given", "sáng", "không phải là thời điểm có thật"),
        ("citizenNumber", "12", "12 chữ số"), ("due", "31/12/1970", "các mốc thời gian mâu thuẫn nhau"),
    ]

    @Test(arguments: vaccinationFaults) func aFaultOfAVaccinationStandsAtItsField(
        field: String, value: String, words: String
    ) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/vi/vaccination").form
        try form.fill(StationRig.vaccination.merging([field: value]) { $1 })
        let page = try await rig.send(form)
        #expect(
            page.status == 422 && page.html.contains("id=\"\(field)-fault\"") && page.text.contains(words),
            "\(page.text)")
        #expect(page.form["fullName"] == form["fullName"] && rig.facility.count == 0)
    }

    @Test func anotherLanguageOrAnotherRowLosesNothing() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        let form = try await rig.filled(.vietnamese, ["XML1.GHI_CHU": "a<b> & \"c\"\nhai dòng"])
        let english = try await rig.send(form, pressing: "show")
        #expect(english.status == 200 && english.html.contains("<html lang=\"en\">"))
        for (name, typed) in form.fields where name != "seal" { #expect(english.form[name] == typed, "\(name)") }
        let more = try await rig.send(english.form, pressing: "more-XML2")
        #expect(more.form.has("XML2.3.TEN_THUOC") && !english.form.has("XML2.3.TEN_THUOC"))
        #expect(more.form["XML1.GHI_CHU"] == "a<b> & \"c\"\nhai dòng")
        #expect(rig.facility.count == 0)
        // The first button is the one that the enter key presses.
        #expect(form.buttons.first?.value == "send")
    }

    @Test func pagesLoadNothingAndEveryFieldHasItsLabel() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        for path in ["", "/vi", "/en", "/vi/visit", "/en/vaccination", "/en/look-up"] {
            let page = try await rig.open("/station" + path)
            #expect(page.status == 200)
            #expect(page.answer.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(!page.html.contains("<script") && !page.html.contains("http://") && !page.html.contains("src="))
            for form in HTMLForm.all(in: page.html) {
                for field in form.fields
                where !["number", "seal", "form"].contains(field.name) || page.html.contains("id=\"\(field.name)\"") {
                    #expect(page.html.contains("<label for=\"\(field.name)\">"), "\(path) \(field.name)")
                }
            }
        }
    }

    /// Every field that the portal demands is asked for or computed.
    @Test func noDemandedFieldIsLeftOut() throws {
        let typed = TypedRecord(.visit, number: EpisodeNumber.drawn(for: "01999", at: 0), values: [:])
        let full = TypedRecord(.visit, number: typed.number, values: StationRig.visit)
        let faults = VisitDraft(full, facility: "01999").faults(on: "20261118")
        // What stands in a new form is not in this one, and nothing else is wrong.
        let new = TypedRecord.new(.visit, number: typed.number, for: StationRig.account, at: 0)
        #expect(faults.allSatisfy { $0.finding.rule == "required" && new.values[$0.input] != nil }, "\(faults)")
        #expect(
            VisitDraft(typed, facility: "01999").faults(on: "20261118").allSatisfy {
                !$0.input.isEmpty || $0.finding.field == nil
            })
    }

    @Test func aNumberIsTheStationsOwn() {
        let number = EpisodeNumber.drawn(for: "01999", at: StationRig.now)
        #expect(EpisodeNumber.isNumber(number, of: "01999") && number.hasPrefix("01999-261118-"))
        for wrong in [
            number.replacing("01999", with: "01998"), number + "X", "01999-261118", "", "01999-26111x-AAAAAAAA",
        ] {
            #expect(!EpisodeNumber.isNumber(wrong, of: "01999"), "\(wrong)")
        }
    }

    @Test func aSettingThatIsWrongKeepsTheHouseShut() {
        for change: (inout StationAccount) -> Void in [
            { $0.username = "a:b" }, { $0.username = "" }, { $0.password = "" }, { $0.facility = "1" },
            { $0.officer = "" }, { $0.officerNumber = "1" },
        ] {
            var account = StationRig.account
            change(&account)
            #expect(account.problem != nil)
        }
        #expect(StationRig.account.problem == nil)
    }
}
