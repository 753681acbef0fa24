import DoorHouse
import FHIRMapping
import Foundation

/// Why nothing is done.
struct FHIRRefusal: Error {
    /// HTTP status.
    var status: Int
    var issues: [OutcomeIssue]
    /// For the log.
    var verdict: String

    init(_ status: Int, _ issue: OutcomeIssue, _ verdict: String) {
        self.init(status, [issue], verdict)
    }

    init(_ status: Int, _ issues: [OutcomeIssue], _ verdict: String) {
        self.status = status
        self.issues = issues
        self.verdict = verdict
    }

    /// An address that leads to nothing.
    static func notFound(_ verdict: String) -> FHIRRefusal {
        FHIRRefusal(404, OutcomeIssue("not-found", "there is no such resource"), verdict)
    }
}

/// Writes answers.
enum FHIRReply {
    static let mediaType = "application/fhir+json; charset=utf-8"

    static func answer(
        _ value: FHIRValue, status: Int = 200, verdict: String, account: String? = nil, isPretty: Bool = false
    ) -> DoorAnswer {
        DoorAnswer(
            status: status, contentType: mediaType, body: isPretty ? value.printed : value.json, verdict: verdict,
            account: account)
    }

    static func answer(_ refusal: FHIRRefusal, account: String? = nil) -> DoorAnswer {
        var answer = answer(
            OutcomeIssue.outcome(refusal.issues), status: refusal.status,
            verdict: "\(refusal.issues.first?.code ?? "") \(refusal.verdict)", account: account)
        if refusal.status == 401 { answer.headers["WWW-Authenticate"] = "Bearer" }
        return answer
    }

    /// What the house finds wrong.
    static func answer(_ problem: HouseProblem) -> DoorAnswer {
        switch problem {
        case .bodyTooLarge(let limit):
            answer(
                FHIRRefusal(
                    413, OutcomeIssue("too-long", "the body has more than \(limit) bytes"), "the body is too large"))
        case .methodNotAllowed(let allowed):
            answer(
                FHIRRefusal(
                    405, OutcomeIssue("not-supported", "here is only \(allowed)"), "the method is not \(allowed)"))
        case .overloaded:
            answer(
                FHIRRefusal(
                    503, OutcomeIssue("throttled", "too much is under way; send the same again"),
                    "too much is under way")
            )
        }
    }

    /// A moment as HTTP writes it (RFC 9110, section 5.6.7).
    static func httpDate(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds / 1_000))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(days[(parts.weekday ?? 1) - 1]), \(two(parts.day)) \(months[(parts.month ?? 1) - 1]) "
            + "\(parts.year ?? 0) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }
}

/// What a client asks of the form of an answer.
struct FHIRForm {
    var isPretty: Bool
    var isStrict: Bool

    /// - Throws: An answer of 406 where the client takes no JSON.
    init(_ request: DoorRequest, _ fields: [(name: String, value: String)]) throws(FHIRRefusal) {
        func last(_ name: String) -> String? { fields.last { $0.name == name }?.value }
        isPretty = last("_pretty") == "true"
        isStrict = (request.headers["prefer"] ?? "").lowercased().filter { $0 != " " }.contains("handling=strict")
        // A plus sign that was not escaped has become a blank.
        let named = last("_format").map { [$0.replacing(" ", with: "+")] }
        let accepted =
            named
            ?? (request.headers["accept"] ?? "*/*").split(separator: ",").map {
                $0.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
            }
        let ours: Set<String> = [
            "json", "application/json", "application/fhir+json", "text/json", "*/*", "application/*",
        ]
        guard accepted.contains(where: ours.contains) else {
            throw FHIRRefusal(
                406, OutcomeIssue("not-supported", "answers are application/fhir+json"), "another format is wanted")
        }
    }
}
