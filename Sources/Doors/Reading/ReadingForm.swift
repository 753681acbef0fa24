import DoorHouse
import Foundation

/// In which form somebody is answered: a page for a browser, JSON for a program. Both have the same figures.
enum ReadingForm {
    case page
    case json

    /// JSON for who takes it and no page: a browser names `text/html`, and a program that names nothing is shown the page.
    init(accept: String) {
        let types = accept.lowercased().split(separator: ",").map { type in
            type.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        }
        self = types.contains("application/json") && !types.contains("text/html") ? .json : .page
    }

    func answer(_ answer: ReadableAnswer, account: String) throws(ReadingRefusal) -> DoorAnswer {
        switch self {
        case .page: ReadingPage.answer(answer.html(), account: account)
        case .json: Self.answer(try answer.json(), verdict: "200 JSON", account: account)
        }
    }

    func answer(_ refusal: ReadingRefusal, account: String?) -> DoorAnswer {
        switch self {
        case .page: return ReadingPage.problem(refusal, account: account)
        case .json:
            let told = RefusedLook(status: refusal.status, code: refusal.code, message: refusal.words)
            let body = (try? ReadableAnswer.encoded(told)) ?? Array("{}".utf8)
            return Self.answer(
                body, status: refusal.status, verdict: "\(refusal.status) \(refusal.verdict)", account: account)
        }
    }

    private static func answer(
        _ body: [UInt8], status: Int = 200, verdict: String, account: String?
    ) -> DoorAnswer {
        var answer = DoorAnswer(status: status, body: body, verdict: verdict, account: account)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
    }
}

/// Why nothing is shown.
struct ReadingRefusal: Error {
    /// HTTP status.
    var status: Int
    /// For programs: the same for the same reason. Codes of MoH are its own, all others ours.
    var code: String
    /// For people.
    var words: String
    /// For the log.
    var verdict: String

    init(_ status: Int, _ code: String, _ words: String, _ verdict: String) {
        (self.status, self.code, self.words, self.verdict) = (status, code, words, verdict)
    }
}

/// What somebody is shown, of which only the form that they want is made.
struct ReadableAnswer {
    let html: () -> String
    private let bytes: () throws -> [UInt8]

    static func report(_ report: ReadingRoom.Report) -> ReadableAnswer {
        ReadableAnswer(html: { report.html }, bytes: { report.json })
    }

    static func made(page: @escaping () -> String, json: @escaping () -> some Encodable) -> ReadableAnswer {
        ReadableAnswer(html: page, bytes: { try encoded(json()) })
    }

    /// - Throws: An answer of 503 where it cannot be written.
    func json() throws(ReadingRefusal) -> [UInt8] {
        do {
            return try bytes()
        } catch {
            throw ReadingRefusal(503, "try-again", "The answer cannot be written just now.", "no JSON: \(error)")
        }
    }

    /// As `cycle` prints JSON.
    static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
