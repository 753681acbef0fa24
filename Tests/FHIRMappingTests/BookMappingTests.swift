import ExchangeSchema
import Testing

@testable import FHIRMapping

/// A book as FHIR resources: what is said where, and what is not said.
@Suite struct BookMappingTests {
    private func resources(
        _ extract: BookExtract = SampleBook.extract(), _ set: IdentifierSet = .moh
    ) -> [MappedResource] {
        BookMapping(naming: SampleBook.naming, systems: set).resources(extract)
    }

    private func texts(_ value: FHIRValue?, _ path: String...) -> [String] {
        var found = [value].compactMap(\.self)
        for name in path {
            found = found.compactMap { $0[name] }.flatMap { value -> [FHIRValue] in
                if case .array(let elements) = value { return elements }
                return [value]
            }
        }
        return found.compactMap { value in
            if case .number(let digits) = value { return digits }
            return value.string
        }
    }

    @Test func everyTypeIsThereAndEveryReferenceLeadsSomewhere() {
        let all = resources()
        #expect(Set(all.map(\.key.type)) == Set(FHIRType.allCases).subtracting([.organization]))
        #expect(Set(all.map(\.key)).count == all.count && Set(all.map(\.identifier)).count == all.count)
        let names = Set(all.map { "\($0.key.type.rawValue)/\($0.identifier)" }).union([
            "Organization/01999", "Organization/01013",
        ])
        func references(_ value: FHIRValue) -> [String] {
            switch value {
            case .object(let members):
                members.flatMap { $0.name == "reference" ? [$0.value.string ?? ""] : references($0.value) }
            case .array(let elements): elements.flatMap(references)
            default: []
            }
        }
        for resource in all {
            for reference in references(resource.value) { #expect(names.contains(reference), "\(reference)") }
        }
        #expect(BookMapping.facilities(SampleBook.extract()) == ["01013", "01999"])
    }

    @Test func thePersonHasNumbersNameAndNothingOfAFacilitysOwn() throws {
        let patient = try #require(resources().first { $0.key.type == .patient }).value
        #expect(texts(patient, "identifier", "value") == ["001180000101", "001080000100"])
        #expect(texts(patient, "identifier", "use") == ["official", "old"])
        #expect(Set(texts(patient, "identifier", "system")) == ["http://fhir.ehealth.gov.vn/core/sid/national_id"])
        #expect(texts(patient, "name", "text") == ["ĐỖ THỊ MỘT"] && texts(patient, "birthDate") == ["1980-03"])
        #expect(texts(patient, "gender") == ["female"] && texts(patient, "address", "state") == ["01"])
        let json = String(decoding: patient.json, as: UTF8.self)
        #expect(!json.contains("LK1") && !json.contains("BN1"))
    }

    @Test(arguments: [
        (IdentifierSet.community, "http://fhir.hl7.org.vn/core/sid/cccd"), (.local, "urn:closed-cycle:sid:cccd"),
    ])
    func theSetOfSystemsIsChosen(set: IdentifierSet, system: String) throws {
        let patient = try #require(resources(SampleBook.extract(), set).first { $0.key.type == .patient }).value
        #expect(Set(texts(patient, "identifier", "system")) == [system])
    }

    @Test func aVisitSaysWhenWhereAndWhy() throws {
        let all = resources()
        let encounter = try #require(all.first { $0.key.type == .encounter })
        let own = all.filter { $0.key.record == encounter.key.record }
        #expect(texts(encounter.value, "period", "start") == ["2026-11-16T08:30:00+07:00"])
        #expect(
            texts(encounter.value, "period", "end") == ["2026-11-18"]
                && texts(encounter.value, "class", "code") == ["IMP"])
        #expect(texts(encounter.value, "serviceProvider", "reference") == ["Organization/01999"])
        #expect(texts(encounter.value, "diagnosis", "use", "coding", "code") == ["DD", "AD", "CM", "CM"])
        #expect(encounter.version == "2-1" && encounter.lastUpdated == 1_795_000_000_002)
        #expect(texts(encounter.value, "identifier", "value").allSatisfy { $0.hasPrefix("urn:uuid:0190") })
        // What FHIR has no place for is carried by name.
        let carried = zip(
            texts(encounter.value, "extension", "url"), texts(encounter.value, "extension", "valueString"))
        #expect(Dictionary(uniqueKeysWithValues: carried)["urn:closed-cycle:field:KET_QUA_DTRI"] == "1")
        let codes = own.filter { $0.key.type == .condition }.flatMap { texts($0.value, "code", "coding", "code") }
        #expect(codes == ["J18.9", "I10", "E11.9"])
    }

    @Test func rowsKeepTheirNumbersAndWords() throws {
        let all = resources()
        let drugs = all.filter { $0.key.type == .medicationRequest }
        #expect(drugs.count == 2 && drugs[0].key.row != drugs[1].key.row, "two rows that say the same are two")
        #expect(texts(drugs[0].value, "dispenseRequest", "quantity", "value") == ["10"])
        let record = all.first { $0.key.type == .encounter }?.key.record
        let observations = all.filter { $0.key.type == .observation && $0.key.record == record }.map(\.value)
        #expect(observations.count == 3 && texts(observations[0], "code", "coding", "code") == ["29463-7"])
        #expect(texts(observations[1], "valueQuantity", "value") == ["12.30"], "digit for digit")
        #expect(texts(observations[1], "performer", "reference") == ["Organization/01999", "Organization/01013"])
        #expect(texts(observations[2], "valueString") == ["mờ đáy phổi phải"])
        let procedures = all.filter { $0.key.type == .procedure }.map(\.value)
        #expect(texts(procedures[1], "usedCode", "text") == ["Bơm tiêm"] && procedures[1]["code"] == nil)
        let given = try #require(all.first { $0.key.type == .immunization }).value
        #expect(texts(given, "protocolApplied", "doseNumberPositiveInt") == ["1"])
        #expect(texts(given, "protocolApplied", "seriesDosesString") == ["III"])
        #expect(texts(given, "protocolApplied", "targetDisease", "text") == ["uốn ván", "bạch hầu"])
        let cards = all.filter { $0.key.type == .coverage }.map(\.value)
        #expect(cards.flatMap { texts($0, "subscriberId") } == ["GD4010000000103", "HT3010000000103"])
        #expect(cards.flatMap { texts($0, "period", "end") } == ["2026-05-31", "2026-12-31"])
    }

    /// A row keeps its name when another one before it is left out.
    @Test func whatIsLeftOutChangesNoOtherName() {
        var extract = SampleBook.extract()
        extract.healthChecks = []
        let before = resources(extract).filter { $0.key.type == .observation }.map(\.key)
        extract.visits[0].results.removeFirst()
        #expect(resources(extract).filter { $0.key.type == .observation }.map(\.key) == [before[0], before[2]])
    }

    @Test func aFacilityIsGivenNoNameAndNoCard() throws {
        var extract = SampleBook.extract()
        extract.clearPerson()
        extract.formerNumbers = []
        for place in extract.visits.indices {
            extract.visits[place].stay.maTheBhyt = ""
        }
        let all = resources(extract)
        #expect(!all.contains { $0.key.type == .coverage })
        let patient = try #require(all.first { $0.key.type == .patient }).value
        #expect(patient["name"] == nil && patient["birthDate"] == nil)
        #expect(texts(patient, "identifier", "value") == ["001180000101"])
    }

    @Test func aBookWithoutVisitsSaysWhatTheRegistersSaid() throws {
        var extract = BookExtract()
        (extract.citizenNumber, extract.firstNumber) = ("001180000101", "001180000101")
        extract.answeredAt = 1_795_100_000_000
        extract.enrolment.citizenNumber = "001180000101"
        extract.enrolment.fullName = "ĐỖ THỊ MỘT"
        extract.enrolment.birthDate = "19800315"
        extract.enrolment.socialInsuranceNumber = "0100000103"
        extract.enrolledAt = 1_794_000_000_000
        let all = resources(extract)
        #expect(all.map(\.key.type) == [.patient, .composition])
        #expect(texts(all[0].value, "birthDate") == ["1980-03-15"] && texts(all[0].value, "gender") == ["female"])
        #expect(texts(all[0].value, "identifier", "value") == ["001180000101", "0100000103"])
        #expect(all[1].lastUpdated == 1_794_000_000_000 && all[1].value["section"] == nil)
    }

    @Test func theCourseAndTheSummaryOfAVisitAreItsOwn() throws {
        let all = resources()
        let encounter = try #require(all.first { $0.key.type == .encounter })
        let step = try #require(all.first { $0.key.type == .clinicalImpression }).value
        #expect(texts(step, "summary") == ["Đỡ ho, hết sốt"] && texts(step, "note", "text") == ["không"])
        #expect(texts(step, "effectiveDateTime") == ["2026-11-17T09:00:00+07:00"] && step["assessor"] == nil)
        #expect(texts(step, "encounter", "reference") == ["Encounter/\(encounter.identifier)"])
        let compositions = all.filter { $0.key.type == .composition }
        #expect(compositions.count == 2 && compositions[0].key == ResourceKey(.composition))
        let summary = compositions[1].value
        #expect(texts(summary, "date") == ["2026-11-18"] && texts(summary, "type", "coding", "code") == ["18842-5"])
        #expect(
            texts(summary, "section", "text", "div") == [
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Sốt &lt;38,5 &amp; ho<br/>ba ngày</p></div>"
            ])
        #expect(texts(summary, "extension", "url") == ["urn:closed-cycle:field:KET_QUA_DTRI"])
    }

    @Test func aHealthCheckIsAnEncounterWithFindingsAndConclusions() throws {
        let all = resources()
        let encounter = try #require(all.filter { $0.key.type == .encounter }.last)
        #expect(texts(encounter.value, "type", "coding", "code") == ["KHAMSUCKHOE", "15"])
        #expect(texts(encounter.value, "period", "end") == ["2026-11-02T08:40:00+07:00"])
        let own = all.filter { $0.key.record == encounter.key.record }
        let conditions = own.filter { $0.key.type == .condition }.map(\.value)
        #expect(conditions.flatMap { texts($0, "code", "coding", "code") } == ["I10", "E11.9"])
        #expect(texts(encounter.value, "diagnosis", "rank") == ["1", "2"])
        let found = own.filter { $0.key.type == .observation }.map(\.value)
        func named(_ code: String) throws -> FHIRValue {
            try #require(found.first { texts($0, "code", "coding", "code").contains(code) })
        }
        #expect(texts(try named("8302-2"), "valueQuantity", "value") == ["168"])
        let pressure = try named("XML10.HUYET_AP")
        #expect(texts(pressure, "component", "valueQuantity", "value") == ["120", "80"])
        #expect(texts(pressure, "category", "coding", "code") == ["vital-signs"])
        let health = try named("XML12.PHAN_LOAI_SK")
        #expect(texts(health, "valueCodeableConcept", "coding", "system") == ["urn:closed-cycle:cs:PHAN_LOAI_SK"])
        #expect(texts(try named("GLU"), "valueQuantity", "value") == ["5.60"])
        #expect(found.count == 6)
    }

    @Test func theSameBookGivesTheSameBytes() {
        #expect(resources().map(\.value.json) == resources().map(\.value.json))
    }
}
