import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Synchronization
import Testing

@testable import CommuneStation

/// A station between stand-ins of the parties, and a browser without scripts before it.
final class StationRig: Sendable {
    static let now: Int64 = 1_795_000_000_000
    static let secret = [UInt8](repeating: 7, count: 32)
    static let account = StationAccount(
        username: "TRAM", password: "mật khẩu", facility: "01999", officer: "NGUYỄN THỊ TRẠM",
        officerNumber: "001199000002", practitioner: "000000/HNO-CCHN")
    static let other = StationAccount(
        username: "KHAC", password: "x", facility: "01998", officer: "TRẦN VĂN KHÁC", officerNumber: "001199000003")

    let station: CommuneStation
    let facility = StandInFacility()
    let store: String
    private let inboxes: [StandInParty]
    /// Books that were asked for, and looks that were written down.
    let asked = Mutex<[ReadBook]>([])
    let looks = Mutex<[HistoryInquiry]>([])
    let cards = Mutex<[CardQuestion]>([])

    private struct NotNoted: Error {}

    init(store: String? = nil, facility: StandInFacility? = nil, isNoted: Bool = true) throws {
        let facility = facility ?? self.facility
        self.store = store ?? NSTemporaryDirectory() + "station-\(UUID().uuidString).sqlite"
        let note = Notes()
        let facilityInbox = try StandInParty { facility.answer($0, $1) }
        let vss = try StandInParty { note.checkCards($0, $1) }
        let ministry = try StandInParty { note.readBook($0, $1) }
        inboxes = [facilityInbox, vss, ministry]
        var settings = StationSettings()
        settings.accounts = [Self.account, Self.other]
        var surroundings = CommuneStation.Surroundings(
            facility: [facilityInbox.directory], vss: [vss.directory], ministry: [ministry.directory],
            store: self.store, secret: Self.secret
        ) { inquiry, _, _, _ in
            guard isNoted else { throw NotNoted() }
            note.rig?.looks.withLock { $0.append(inquiry) }
        }
        surroundings.patience = .milliseconds(200)
        station = try CommuneStation(settings, surroundings)
        note.set(self)
    }

    /// What the stand-ins answer.
    private final class Notes: Sendable {
        private struct Weak: Sendable { weak let rig: StationRig? }
        private let held = Mutex<Weak?>(nil)

        var rig: StationRig? { held.withLock { $0?.rig } }
        func set(_ rig: StationRig) { held.withLock { $0 = Weak(rig: rig) } }

        func checkCards(_ kind: PartyCommand.Kind?, _ payload: [UInt8]) -> [UInt8]? {
            guard kind == .checkCards, let request = try? CheckCards(decoding: payload) else { return nil }
            rig?.cards.withLock { $0 += request.questions }
            var answers = CardAnswers()
            answers.answers = request.questions.map { question in
                var answer = CardAnswer()
                answer.code = question.birthDate == "19800504" ? "000" : "070"
                guard answer.code == "000" else { return answer }
                answer.holder.fullName = "TRẦN THỊ <HAI THẺ>"
                answer.holder.birthDate = "19800504"
                answer.holder.card = "HN2010000000101"
                answer.holder.registeredFacility = "01999"
                answer.holder.validFrom = "20260101"
                answer.holder.validTo = "20271231"
                return answer
            }
            return answers.encoded
        }

        func readBook(_ kind: PartyCommand.Kind?, _ payload: [UInt8]) -> [UInt8]? {
            guard kind == .readBook, let request = try? ReadBook(decoding: payload) else { return nil }
            rig?.asked.withLock { $0.append(request) }
            var extract = BookExtract()
            extract.requestID = request.requestID
            extract.answeredAt = StationRig.now
            if request.citizenNumber != "001180000101" {
                (extract.refusalCode, extract.rule) = ("moh.not-its-patient", "a visit of the facility stands there")
            } else {
                extract.citizenNumber = request.citizenNumber
                var visit = HistoryVisit()
                var source = HistorySource()
                source.facilityCode = "01013"
                source.recordID = UUID().uuidString.lowercased()
                visit.sources = [source]
                visit.clinical.chanDoanRv = "Tăng huyết áp <vô căn>"
                visit.clinical.maBenhChinh = "I10"
                extract.visits = [visit]
            }
            return extract.encoded
        }
    }

    func close(keeping: Bool = false) {
        for inbox in inboxes { inbox.close() }
        guard !keeping else { return }
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + end) }
    }

    struct Page: Sendable {
        var status: Int
        var html: String
        var answer: DoorAnswer
        /// Without tags, so that words are found however they are marked up.
        var text: String { HTMLForm.plain(html.replacing(#/<style>[\s\S]*?<\/style>|<[^>]*>/#, with: " ")) }
        /// The form that sends a record, or the last one.
        var form: HTMLForm {
            let forms = HTMLForm.all(in: html)
            return forms.first { $0.has("seal") } ?? forms.last
                ?? HTMLForm()
        }
        var location: String { answer.headers["Location"] ?? "" }
    }

    struct NoRoute: Error { var address: String }

    /// Opens an address of the station, and follows where it leads.
    func open(
        _ address: String, as account: StationAccount? = account, follow: Bool = true, at now: Int64 = now
    ) async throws -> Page {
        let page = try await ask("GET", address, [], account, [:], now)
        return page.status == 303 && follow ? try await open(page.location, as: account, at: now) : page
    }

    /// Sends a form, and shows what is answered to it.
    func send(
        _ form: HTMLForm, pressing button: String? = nil, as account: StationAccount? = account,
        headers: [String: String] = [:], at now: Int64 = now
    ) async throws -> Page {
        let (address, body) = form.sent(pressing: button)
        return try await ask("POST", address, body, account, headers, now)
    }

    private func ask(
        _ method: String, _ address: String, _ body: [UInt8], _ account: StationAccount?, _ headers: [String: String],
        _ now: Int64
    ) async throws -> Page {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        let path = parts[0]
        guard
            let route = station.routes.first(where: { $0.method == method && station.basePath + $0.path == path })
        else { throw NoRoute(address: address) }
        var all = headers
        if let account {
            all["authorization"] =
                "Basic " + Data("\(account.username):\(account.password)".utf8).base64EncodedString()
        }
        let query = parts.count > 1 ? parts[1] : ""
        let answer = await route.handle(
            DoorRequest(
                receivedAt: now, method: method, path: path, query: URLEncodedText.fields(query.utf8),
                queryText: query, headers: all, body: body, address: "http://127.0.0.1:8080"))
        return Page(status: answer.status, html: String(decoding: answer.body, as: UTF8.self), answer: answer)
    }

    /// What a visit needs beyond what stands in a new form.
    static let visit = [
        "XML1.HO_TEN": "TRẦN THỊ HAI THẺ", "XML1.NGAY_SINH": "04/05/1980", "XML1.GIOI_TINH": "2",
        "XML1.SO_CCCD": "001180000101", "XML1.MAXA_CU_TRU": "00004", "XML1.DIA_CHI": "Số 1 phố Thử, Hà Nội",
        "XML1.CAN_NANG": "55", "XML1.MA_THE_BHYT": "HN2010000000101", "XML1.MA_DKBD": "01999",
        "XML1.GT_THE_TU": "01/01/2026", "XML1.GT_THE_DEN": "31/12/2027", "XML1.NGAY_VAO": "02/11/2026 08:00",
        "XML1.NGAY_RA": "02/11/2026 10:30", "XML1.LY_DO_VV": "Ho, sốt", "XML1.CHAN_DOAN_VAO": "Viêm họng cấp",
        "XML1.CHAN_DOAN_RV": "Viêm họng cấp", "XML1.MA_BENH_CHINH": "J02.9", "XML1.KET_QUA_DTRI": "2",
        "XML2.1.TEN_THUOC": "Thuốc thử 500mg", "XML2.1.MA_THUOC": "40.30.157", "XML2.1.HAM_LUONG": "500mg",
        "XML2.1.DON_VI_TINH": "Viên", "XML2.1.DUONG_DUNG": "1.01", "XML2.1.LIEU_DUNG": "2 viên/ngày * 5 ngày",
        "XML2.1.SO_LUONG": "10", "XML2.1.DON_GIA": "1500.5", "XML3.1.TEN_DICH_VU": "Khám thử",
        "XML3.1.MA_DICH_VU": "02.1896", "XML3.1.MA_NHOM": "13", "XML3.1.DON_VI_TINH": "Lần",
        "XML3.1.SO_LUONG": "1", "XML3.1.DON_GIA_BV": "50000", "XML4.1.TEN_CHI_SO": "Định lượng thử",
        "XML4.1.GIA_TRI": "5.2", "XML4.1.NGAY_KQ": "02/11/2026 09:30",
    ]

    /// What a vaccination needs beyond what stands in a new form.
    static let vaccination = [
        "fullName": "TRẦN THỊ HAI THẺ", "birthDate": "04/05/1980", "sex": "2", "citizenNumber": "001180000101",
        "vaccine": "VX-CUM", "vaccineName": "Vắc xin cúm mùa", "dose": "1", "given": "20/11/2026 09:10",
    ]

    /// A form with a visit, not sent yet.
    func filled(_ say: Language = .vietnamese, _ change: [String: String] = [:]) async throws -> HTMLForm {
        var form = try await open("/station/\(say.rawValue)/visit").form
        try form.fill(Self.visit.merging(change) { $1 })
        return form
    }
}
