import DoorHouse
import DoorTestSupport
import ExchangeSchema
import FHIRMapping
import PartyCore
import Synchronization

@testable import FHIR

/// The door at MoH, called without HTTP.
final class BookRig: Sendable {
    static let now: Int64 = 1_795_200_000_000
    static let citizen = "001180000101"

    let door: FHIRBook
    let ministry: StandInParty
    private let notes = Mutex<[BookLookNote]>([])

    var noted: [BookLookNote] { notes.withLock { $0 } }

    init(
        isNoted: Bool = true, organization: @escaping @Sendable (FacilityCode) throws -> String? = { _ in "" },
        _ answer: @escaping @Sendable (ReadBook) -> BookExtract? = BookRig.book
    ) throws {
        ministry = try StandInParty { kind, payload in
            guard kind == .readBook, let request = try? ReadBook(decoding: payload) else { return nil }
            return answer(request)?.encoded
        }
        var settings = FHIRSettings()
        settings.accounts = [
            FHIRAccount(name: "BV", token: "token-of-a-facility", role: .facility, code: "01998"),
            FHIRAccount(name: "SYT", token: "token-of-a-province", role: .province, code: "01"),
            FHIRAccount(name: "BYT", token: "token-of-the-ministry", role: .ministry),
        ]
        let box = NoteBox()
        var surroundings = FHIRBook.Surroundings(
            ministry: [ministry.directory], secret: Array(0..<32), organization: organization,
            note: { look in
                guard isNoted else { throw NotNoted() }
                box.take(look)
            })
        surroundings.patience = .milliseconds(200)
        door = try FHIRBook(settings, surroundings)
        box.rig = self
    }

    private struct NotNoted: Error {}

    private final class NoteBox: Sendable {
        private let owner = Mutex<BookRig?>(nil)
        var rig: BookRig? {
            get { owner.withLock { $0 } }
            set { owner.withLock { $0 = newValue } }
        }
        func take(_ look: BookLookNote) { rig?.notes.withLock { $0.append(look) } }
    }

    /// Somebody whose book has one of everything; nobody else has one.
    @Sendable static func book(_ request: ReadBook) -> BookExtract? {
        guard request.citizenNumber == citizen || request.citizenNumber == "001080000100" else {
            var nobody = BookExtract()
            nobody.refusalCode = "moh.person-unknown"
            return nobody
        }
        var extract = SampleExtract.extract
        extract.requestID = request.requestID
        if request.purpose.isEmpty {
            extract = BookExtract()
            (extract.refusalCode, extract.rule) = (
                "moh.purpose-missing", "the purpose is 1 to 500 printable characters"
            )
        }
        if request.province == "79" || request.facilityCode == "48013" {
            extract = BookExtract()
            (extract.refusalCode, extract.rule) = ("moh.not-its-patient", "the person lives in the province that asks")
        }
        return extract
    }

    func ask(
        _ path: String, _ query: String = "", method: String = "GET", token: String? = "token-of-the-ministry",
        purpose: String? = "khám lại", headers: [String: String] = [:], form: String? = nil
    ) async throws -> (answer: DoorAnswer, value: FHIRValue) {
        var all = headers
        if let token { all["authorization"] = "Bearer \(token)" }
        if let purpose { all["x-purpose"] = purpose }
        if form != nil { all["content-type"] = "application/x-www-form-urlencoded" }
        let request = DoorRequest(
            identifier: "r", receivedAt: Self.now, method: method, path: "/fhir" + path, queryText: query, headers: all,
            body: Array((form ?? "").utf8), address: "http://127.0.0.1:8080")
        guard let route = door.routes.first(where: { $0.method == method }) else { throw NotNoted() }
        let answer = await route.handle(request)
        let value: FHIRValue = try answer.body.isEmpty ? .null : FHIRValue(json: answer.body)
        return (answer, value)
    }

    /// What the person is called.
    func patient() async throws -> String {
        let found = try await ask(
            "/Patient/_search", method: "POST", form: "identifier=urn:closed-cycle:sid:cccd%7C\(Self.citizen)")
        return found.value["entry"]?.elements.first?["resource"]?["id"]?.string ?? ""
    }
}

/// One of everything.
enum SampleExtract {
    static let extract: BookExtract = {
        var extract = BookExtract()
        (extract.citizenNumber, extract.firstNumber) = (BookRig.citizen, "001080000100")
        extract.answeredAt = 1_795_100_000_000
        extract.person.hoTen = "ĐỖ THỊ MỘT"
        extract.visits = (1...3).map { number in
            var visit = HistoryVisit()
            var source = HistorySource()
            source.recordID =
                RecordIdentifier(
                    high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 + UInt64(number)
                ).description
            source.revision = 1
            source.facilityCode = "01999"
            source.authenticatedAt = 1_795_000_000_000
            visit.sources = [source]
            visit.stay.ngayVao = "2026111\(6 - number)0830"
            visit.stay.ngayRa = "2026111\(6 - number)1000"
            visit.stay.maLoaiKcb = "01"
            visit.clinical.maBenhChinh = "J18.9"
            return visit
        }
        return extract
    }()
}
