import DoorHouse
import ExchangeSchema

/// Whoever was let in, with what they ask.
struct StationVisitor: Sendable {
    var account: StationAccount
    var say: Language
    var request: DoorRequest
    var fields: [(name: String, value: String)]

    /// The value of a field of the form; of one that comes twice, the last; empty where there is none.
    func field(_ name: String) -> String { fields.last { $0.name == name }?.value ?? "" }
    /// Unix milliseconds.
    var now: Int64 { request.receivedAt }
}

/// What is the same for every page: who is let in, and what is shown when nothing can be.
struct StationDesk: Sendable {
    /// Most bytes of a form.
    static let formBytes = 256 << 10

    let settings: StationSettings
    let gate: StationGate
    let paths: StationPaths

    init(_ settings: StationSettings, secret: [UInt8]) {
        self.settings = settings
        gate = StationGate(settings, secret: secret)
        paths = StationPaths(base: settings.basePath)
    }

    /// Lets somebody in, and shows what comes of it.
    func answer(
        _ request: DoorRequest, _ say: Language,
        _ make: (StationVisitor) async throws(StationRefusal) -> DoorAnswer
    ) async -> DoorAnswer {
        var account: StationAccount?
        do throws(StationRefusal) {
            let found = try gate.letIn(request)
            account = found
            guard request.body.count <= Self.formBytes else {
                throw StationRefusal(413, "Biểu mẫu quá lớn.", "The form is too large.", "the form is too large")
            }
            return try await make(
                StationVisitor(
                    account: found, say: say, request: request, fields: URLEncodedText.fieldList(request.body)))
        } catch {
            var answer = problem(error, say, account)
            if error.status == 401 {
                let challenge = BasicCredentials.challenge("Closed Cycle commune station")
                answer.headers[challenge.name] = challenge.value
            }
            return answer
        }
    }

    /// A page that says why there is nothing else.
    func problem(_ refusal: StationRefusal, _ say: Language, _ account: StationAccount? = nil) -> DoorAnswer {
        .page(
            StationPage(
                say: say, paths: paths, account: account, title: say("Không thực hiện được", "Not done"),
                body: StationPage.alert(StationPage.paragraph(say(refusal.vietnamese, refusal.english)))
            ).html, status: refusal.status, verdict: "\(refusal.status) \(refusal.verdict)",
            account: account?.username)
    }

    /// The entry that an address or a form names, with how it stands.
    /// - Throws: An answer of 404, or of 503 where the facility does not answer.
    func record(
        _ number: String, of visitor: StationVisitor, _ entries: EntryDesk
    ) async throws(StationRefusal) -> RecordInQuestion {
        let facility = visitor.account.facility
        do {
            if try await entries.store.entry(number, of: facility) != nil {
                let (standing, entry) = try await entries.look(EntryDesk.name(number, of: facility))
                if let entry { return RecordInQuestion(entry: entry, standing: standing) }
            }
        } catch {
            throw Self.silence(error)
        }
        throw StationRefusal(
            404, "Trạm không có hồ sơ này, hoặc hồ sơ đã quá \(settings.keepDays) ngày.",
            "The station has no such record, or it is older than \(settings.keepDays) days.", "no such record")
    }

    /// The facility, or the file of entries, does not answer.
    static func silence(_ error: any Error) -> StationRefusal {
        StationRefusal(
            503, "Cơ sở không trả lời lúc này; hãy thử lại.", "The facility does not answer just now; try again.",
            "the facility does not answer: \(error)")
    }
}

/// A record of the station that somebody wants to see or to change.
struct RecordInQuestion: Sendable {
    var entry: EntryStore.Entry
    var standing: VisitStanding
}
