import DoorHouse
import ExchangeSchema
import FHIRMapping
import Foundation
import Inbox
import PartyCore
import Synchronization

@testable import FHIR

/// The inbox of a MoH that answers as the test says, and remembers who asked.
final class StandInMinistry: Sendable {
    let directory: String
    private let server: InboxServer
    private let clerk: Task<Void, Never>
    private let requests = Mutex<[ReadBook]>([])

    /// What was asked, in its order.
    var asked: [ReadBook] { requests.withLock { $0 } }

    init(_ answer: @escaping @Sendable (ReadBook) -> BookExtract?) throws {
        let directory = NSTemporaryDirectory() + "moh-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try InboxServer(directory: directory) { arrival.yield() }
        self.server = server
        let (asked, asking) = AsyncStream.makeStream(of: ReadBook.self)
        clerk = Task {
            for await _ in arrivals {
                for command in server.take() {
                    guard command.kind == PartyCommand.Kind.readBook.rawValue,
                        let request = try? ReadBook(decoding: command.payload)
                    else {
                        command.refuse("not for this party")
                        continue
                    }
                    asking.yield(request)
                    if let extract = answer(request) {
                        command.finish(extract.encoded)
                    } else {
                        command.refuse("not now")
                    }
                }
            }
        }
        Task { [weak self] in
            for await request in asked { self?.requests.withLock { $0.append(request) } }
        }
    }

    func close() {
        clerk.cancel()
        server.close()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

/// The door at MoH, called without HTTP.
final class BookRig: Sendable {
    static let now: Int64 = 1_795_200_000_000
    static let citizen = "001180000101"

    let door: FHIRBook
    let ministry: StandInMinistry
    private let notes = Mutex<[BookLookNote]>([])

    var noted: [BookLookNote] { notes.withLock { $0 } }

    init(
        isNoted: Bool = true, organization: @escaping @Sendable (FacilityCode) throws -> String? = { _ in "" },
        _ answer: @escaping @Sendable (ReadBook) -> BookExtract? = BookRig.book
    ) throws {
        ministry = try StandInMinistry(answer)
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
            (extract.refusalCode, extract.rule) = ("moh.purpose-missing", "the purpose is 1 to 500 printable characters")
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
        return (answer, answer.body.isEmpty ? .null : try FHIRValue(json: answer.body))
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
            source.recordID = RecordIdentifier(
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
