import DoorHouse
import DoorTestSupport
import ExchangeSchema
import FHIRMapping
import Testing

@testable import FHIR

/// The door at MoH: who is let in, what is written down, and what each request is answered.
@Suite struct BookRouteTests {
    private func code(_ value: FHIRValue) -> String {
        value["issue"]?.elements.first?["code"]?.string ?? ""
    }

    @Test func whatItCanDoItSaysToAnybody() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let (answer, value) = try await rig.ask("/metadata", token: nil, purpose: nil)
        #expect(answer.status == 200 && answer.contentType.hasPrefix("application/fhir+json"))
        #expect(value["fhirVersion"]?.string == "4.0.1" && value["resourceType"]?.string == "CapabilityStatement")
        let types = value["rest"]?.elements[0]["resource"]?.elements.compactMap { $0["type"]?.string } ?? []
        #expect(Set(types) == Set(FHIRType.allCases.map(\.rawValue)))
        #expect(rig.noted.isEmpty)
    }

    /// The description in OpenAPI has a path for each type, and none that the door does not know.
    @Test func itsPathsAreDescribedByType() throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let description = try FHIRValue(json: Array(#require(rig.door.openAPI).utf8))
        guard case .object(let paths) = description["paths"] else {
            Issue.record("there are no paths")
            return
        }
        let names = Set(paths.map(\.name))
        for type in FHIRType.allCases.map(\.rawValue) {
            #expect(names.isSuperset(of: ["/fhir/\(type)", "/fhir/\(type)/{id}", "/fhir/\(type)/_search"]))
        }
        #expect(names.count == 3 * FHIRType.allCases.count + 2, "and metadata and $everything")
        for path in paths {
            guard case .object(let methods) = path.value else { continue }
            for method in methods {
                let below = path.name.dropFirst("/fhir/".count).replacing("{id}", with: "x")
                _ = try BookRequest(method.name.uppercased(), String(below))
            }
        }
        let search = description["paths"]?["/fhir/Encounter"]?["get"]?["parameters"]?.elements ?? []
        let parameters = Set(search.filter { $0["in"]?.string == "query" }.compactMap { $0["name"]?.string })
        #expect(parameters.isSuperset(of: SearchParameter.all(of: .encounter).map(\.name)))
    }

    @Test func aPersonIsFoundByNumberAndNamedByNone() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let (answer, value) = try await rig.ask(
            "/Patient", "identifier=http%3A%2F%2Ffhir.ehealth.gov.vn%2Fcore%2Fsid%2Fnational_id%7C\(BookRig.citizen)",
            headers: ["x-officer": "BS. B"])
        #expect(answer.status == 200 && value["type"]?.string == "searchset" && value["total"] == .number("1"))
        let entry = try #require(value["entry"]?.elements.first)
        let id = try #require(entry["resource"]?["id"]?.string)
        #expect(entry["fullUrl"]?.string == "http://127.0.0.1:8080/fhir/Patient/\(id)")
        let own = try #require(value["link"]?.elements.first?["url"]?.string)
        #expect(own.contains("_id=\(id)") && !own.contains(BookRig.citizen) && !id.contains("001180"))
        // Who asked and why reached MoH, and the watch over reading before anything was answered.
        let asked = try #require(rig.noted.first)
        #expect(
            asked.inquiry.purpose == "khám lại" && asked.inquiry.officer == "BS. B"
                && asked.inquiry.reader == "ministry")
        #expect(asked.records.count == 3)
        // The same again by its name, by the former number, and with its versions.
        let read = try await rig.ask("/Patient/\(id)")
        #expect(read.answer.status == 200 && read.value["id"]?.string == id)
        #expect(read.answer.headers["ETag"] == "W/\"1795000000000\"")
        #expect(read.answer.headers["Last-Modified"] == "Wed, 18 Nov 2026 11:06:40 GMT", "\(read.answer.headers)")
        let cached = try await rig.ask("/Patient/\(id)", headers: ["if-none-match": "W/\"1795000000000\""])
        #expect(cached.answer.status == 304 && cached.answer.body.isEmpty && rig.noted.count == 3)
        let former = try await rig.ask("/Patient", "identifier=001080000100")
        #expect(former.value["entry"]?.elements.first?["resource"]?["id"]?.string == id)
    }

    static let refusals: [(String, String, String?, String?, Int, String)] = [
        ("/Patient/x", "", nil, "p", 401, "login"), ("/Patient/x", "", "wrong", "p", 401, "login"),
        ("/Patient/x", "", "token-of-the-ministry", "p", 404, "not-found"),
        ("/Nothing", "", "token-of-the-ministry", "p", 404, "not-supported"),
        ("", "", "token-of-the-ministry", "p", 404, "not-supported"),
        ("/Patient/x/y", "", "token-of-the-ministry", "p", 405, "not-supported"),
        ("/Patient", "", "token-of-the-ministry", "p", 400, "too-costly"),
        ("/Encounter", "date=2026", "token-of-the-ministry", "p", 400, "too-costly"),
        ("/Patient", "identifier=\(BookRig.citizen)", "token-of-the-ministry", nil, 400, "required"),
        ("/Patient", "identifier=urn:x%7C1", "token-of-the-ministry", "p", 400, "not-supported"),
        ("/Patient", "identifier=\(BookRig.citizen)&_count=x", "token-of-the-ministry", "p", 400, "value"),
        ("/Encounter", "patient.identifier=\(BookRig.citizen)&date=x", "token-of-the-ministry", "p", 400, "value"),
        ("/Patient", "identifier=\(BookRig.citizen)&_format=xml", "token-of-the-ministry", "p", 406, "not-supported"),
        ("/Organization/01013", "", "token-of-the-ministry", "p", 404, "not-found"),
    ]

    @Test(arguments: refusals) func eachRefusalHasItsStatusAndItsCode(
        path: String, query: String, token: String?, purpose: String?, status: Int, issue: String
    ) async throws {
        let rig = try BookRig(organization: { $0.description == "01999" ? "Bệnh viện A" : nil })
        defer { rig.ministry.close() }
        let (answer, value) = try await rig.ask(path, query, token: token, purpose: purpose)
        #expect(answer.status == status && code(value) == issue, "\(answer.status) \(value)")
        #expect(value["resourceType"]?.string == "OperationOutcome")
        #expect(!String(decoding: answer.body, as: UTF8.self).contains(BookRig.citizen))
        #expect((answer.headers["WWW-Authenticate"] == "Bearer") == (status == 401))
    }

    @Test func whoMayNotReadIsToldTheRule() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let patient = try await rig.patient()
        let other = try BookRig({ request in
            var request = request
            if request.facilityCode == "01998" { request.facilityCode = "48013" }
            return BookRig.book(request)
        })
        defer { other.ministry.close() }
        let (answer, value) = try await other.ask("/Patient/\(patient)/$everything", token: "token-of-a-facility")
        #expect(answer.status == 403 && code(value) == "forbidden")
        #expect(other.noted.map(\.inquiry.facilityCode) == ["01998"] && other.noted[0].records.isEmpty)
    }

    @Test func whoIsUnknownIsNotFoundAndASearchIsEmpty() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        for query in ["identifier=001099000001", "identifier=12", "_id=x"] {
            let (answer, value) = try await rig.ask("/Patient", query)
            #expect(answer.status == 200 && value["total"] == .number("0") && value["entry"] == nil)
        }
    }

    @Test func everythingComesInPagesThatLeadThroughAll() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let patient = try await rig.patient()
        var path = "/Patient/\(patient)/$everything"
        var query = "_count=3"
        var names: [String] = []
        var pages = 0
        while pages < 10 {
            let (answer, value) = try await rig.ask(path, query)
            #expect(answer.status == 200)
            names += value["entry"]?.elements.compactMap { $0["fullUrl"]?.string } ?? []
            pages += 1
            guard let next = value["link"]?.elements.first(where: { $0["relation"]?.string == "next" })?["url"]?.string
            else { break }
            let parts = next.dropFirst("http://127.0.0.1:8080/fhir".count).split(separator: "?", maxSplits: 1)
            (path, query) = (String(parts[0]), String(parts[1]))
        }
        // Person, book, three visits with a diagnosis each, one facility.
        #expect(names.count == 9 && Set(names).count == 9 && pages == 3, "\(names)")
        let typed = try await rig.ask("/Patient/\(patient)/$everything", "_type=Encounter,Condition&start=2026-11-15")
        #expect(typed.value["total"] == .number("2"), "\(typed.value)")
    }

    @Test func searchesOfAPersonAreNarrowed() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let patient = try await rig.patient()
        for (path, query, total) in [
            ("/Encounter", "patient=Patient/\(patient)", "3"),
            ("/Encounter", "subject=\(patient)&date=2026-11-15", "1"),
            ("/Encounter", "patient=\(patient)&date=ge2026-11-14&date=lt2026-11-15", "1"),
            ("/Encounter", "patient.identifier=\(BookRig.citizen)&_lastUpdated=ge2030", "0"),
            ("/Condition", "patient=\(patient)&code=J18.9&unknown=1", "3"), ("/Encounter", "patient=nobody", "0"),
        ] {
            let (answer, value) = try await rig.ask(path, query)
            #expect(answer.status == 200 && value["total"] == .number(total), "\(query): \(value)")
        }
        let strict = try await rig.ask(
            "/Condition", "patient=\(patient)&unknown=1", headers: ["prefer": "handling=strict"])
        #expect(strict.answer.status == 400)
    }

    @Test func aResourceIsReadByItsName() async throws {
        let rig = try BookRig()
        defer { rig.ministry.close() }
        let patient = try await rig.patient()
        let all = try await rig.ask("/Patient/\(patient)/$everything")
        for entry in all.value["entry"]?.elements ?? [] {
            let url = try #require(entry["fullUrl"]?.string)
            let read = try await rig.ask(String(url.dropFirst("http://127.0.0.1:8080/fhir".count)))
            #expect(read.answer.status == 200 && read.value == entry["resource"], "\(url)")
        }
    }

    /// Nothing leaves where it could not be written down, or MoH does not answer.
    @Test func whatIsNotWrittenDownIsNotGiven() async throws {
        let rig = try BookRig(isNoted: false)
        defer { rig.ministry.close() }
        let (answer, value) = try await rig.ask("/Patient", "identifier=\(BookRig.citizen)")
        #expect(answer.status == 503 && code(value) == "transient")
        let silent = try BookRig({ _ in nil })
        silent.ministry.close()
        let other = try await silent.ask("/Patient", "identifier=\(BookRig.citizen)")
        #expect(other.answer.status == 503 && code(other.value) == "transient")
        #expect(await silent.door.obstacles().count == 1)
    }

    @Test func aSettingThatIsWrongKeepsTheHouseShut() throws {
        for change: (inout FHIRSettings) -> Void in [
            { $0.accounts = [FHIRAccount(name: "A", token: "short", role: .ministry)] },
            { $0.accounts = [FHIRAccount(name: "A", token: "0123456789abcdef", role: .facility, code: "1")] },
            { $0.accounts = [FHIRAccount(name: "A", token: "0123456789abcdef", role: .province, code: "02")] },
            {
                $0.accounts = Array(
                    repeating: FHIRAccount(name: "A", token: "0123456789abcdef", role: .ministry), count: 2)
            },
            { $0.pageSize = 0 }, { $0.basePath = "fhir/" },
        ] {
            var settings = FHIRSettings()
            change(&settings)
            let written = settings
            #expect(throws: (any Error).self) {
                try FHIRBook(
                    written,
                    .init(ministry: [], secret: Array(0..<32), organization: { _ in nil }, note: { _ in }))
            }
        }
    }
}
