import DoorDesk
import DoorHouse
import ExchangeSchema
import Foundation
import HealthBook
import ReportPage

/// Answers the requests of the reading room.
struct ReadingDesk: Sendable {
    let settings: ReadingSettings
    let surroundings: ReadingRoom.Surroundings
    let ministry: PartyLine

    /// A request that was let in, with the fields of its form.
    private struct Visitor {
        var account: ReadingAccount
        var fields: [(name: String, value: String)]
        /// When the request came; Unix milliseconds.
        var time: Int64

        func field(_ name: String) -> String { fields.last { $0.name == name }?.value ?? "" }
    }

    func open(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request, needsPurpose: false) { visitor throws(ReadingRefusal) in
            let (account, groupings) = (visitor.account, surroundings.groupings)
            return .made(
                page: { ReadingPage.desk(account, base: settings.basePath, groupings: groupings) },
                json: {
                    ReadableThings(
                        account: account.username, reader: account.reader,
                        provinces: account.province.map { [$0] } ?? Province.all.map(\.code), groupings: groupings)
                })
        }
    }

    func warehouse(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request) { visitor throws(ReadingRefusal) in
            let (province, month) = try place(visitor)
            let groupings = visitor.fields.filter { $0.name == "by" }.map(\.value)
            guard groupings.allSatisfy(surroundings.groupings.contains) else {
                throw ReadingRefusal(400, "grouping-unknown", "There is no such grouping.", "no such grouping")
            }
            try await note("warehouse", visitor, subject: "province \(province)")
            return try await made { try await surroundings.warehouse(province, month, groupings) }
        }
    }

    func department(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request) { visitor throws(ReadingRefusal) in
            let (province, month) = try place(visitor)
            try await note("report", visitor, subject: "province \(province)")
            return try await made { try await surroundings.department(province, month) }
        }
    }

    func book(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request) { visitor throws(ReadingRefusal) in
            var wanted = ReadBook()
            wanted.requestID = RecordIdentifier(UUID().uuidString)?.description ?? ""
            wanted.province = visitor.account.province ?? ""
            wanted.citizenNumber = visitor.field("citizen").filter { $0 != " " }
            wanted.purpose = visitor.field("purpose")
            wanted.officer = visitor.field("officer")
            let extract: BookExtract
            do {
                extract = try await ministry.read(wanted, on: 0)
            } catch {
                throw ReadingRefusal(
                    503, "try-again", "MoH does not answer just now; try again.", "MoH does not answer: \(error)")
            }
            let sources =
                extract.visits.flatMap(\.sources) + extract.vaccinations.flatMap(\.sources)
                + extract.healthChecks.flatMap(\.sources)
            let records = sources.map(\.recordID).joined(separator: " ")
            try await note("door", visitor, subject: records.isEmpty ? wanted.requestID : records, wanted.requestID)
            guard extract.refusalCode.isEmpty else {
                let isUnknown = extract.refusalCode == "moh.person-unknown"
                throw ReadingRefusal(
                    isUnknown ? 404 : 403, extract.refusalCode,
                    "\(extract.refusalCode): \(extract.rule). That you asked is written down.",
                    extract.refusalCode)
            }
            let shown = PresentedBook(extract)
            return .made(
                page: { BookPage(shown, looks: nil).html },
                json: { ReadableBook(shown, answeredAt: extract.answeredAt) })
        }
    }

    /// Lets somebody in, and shows what comes of it.
    private func answer(
        _ request: DoorRequest, needsPurpose: Bool = true,
        _ look: (Visitor) async throws(ReadingRefusal) -> ReadableAnswer
    ) async -> DoorAnswer {
        let form = ReadingForm(accept: request.headers["accept"] ?? "")
        var account: ReadingAccount?
        do throws(ReadingRefusal) {
            let found = try self.account(of: request)
            account = found
            // A page from elsewhere must not send a form in the name of whoever is logged in here.
            if let site = request.headers["sec-fetch-site"], request.method == "POST", site != "same-origin" {
                throw ReadingRefusal(
                    403, "form-from-elsewhere", "The form does not come from this page.", "a form from elsewhere")
            }
            let visitor = Visitor(
                account: found, fields: URLEncodedText.fieldList(request.body), time: request.receivedAt)
            if needsPurpose, !PrintableText.isLine(visitor.field("purpose"), upTo: HistoryRequest.longestPurpose) {
                throw ReadingRefusal(
                    400, "purpose-missing", "Say why, in 1 to \(HistoryRequest.longestPurpose) characters on one line.",
                    "no purpose")
            }
            return try form.answer(try await look(visitor), account: found.username)
        } catch {
            var answer = form.answer(error, account: account?.username)
            if error.status == 401 {
                answer.headers["WWW-Authenticate"] = "Basic realm=\"Closed Cycle reading room\", charset=\"UTF-8\""
            }
            return answer
        }
    }

    private func account(of request: DoorRequest) throws(ReadingRefusal) -> ReadingAccount {
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        let text =
            words.count == 2 && words[0].lowercased() == "basic"
            ? Data(base64Encoded: String(words[1])).map { String(decoding: $0, as: UTF8.self) } ?? "" : ""
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2,
            let account = settings.accounts.first(where: { $0.username == parts[0] && $0.password == parts[1] })
        else { throw ReadingRefusal(401, "login", "Log in with name and password of an account.", "no account") }
        return account
    }

    /// Which province and month a report is about.
    private func place(_ visitor: Visitor) throws(ReadingRefusal) -> (province: String, month: String?) {
        let wanted = visitor.field("province")
        let province = visitor.account.province ?? wanted
        guard Province(code: province) != nil else {
            throw ReadingRefusal(400, "province-unknown", "Choose a province.", "no province")
        }
        guard wanted.isEmpty || wanted == province else {
            throw ReadingRefusal(
                403, "another-province", "A province reads of its own warehouse only.", "another province")
        }
        let month = visitor.field("month")
        let digits = month.split(separator: "-", omittingEmptySubsequences: false)
        guard
            month.isEmpty || digits.map(\.utf8.count) == [4, 2] && digits.joined().utf8.allSatisfy({ $0 &- 0x30 < 10 })
        else { throw ReadingRefusal(400, "month-malformed", "A month is written as 2026-11.", "no month") }
        return (province, month.isEmpty ? nil : month)
    }

    private func note(
        _ action: String, _ visitor: Visitor, subject: String, _ identifier: String = UUID().uuidString.lowercased()
    ) async throws(ReadingRefusal) {
        var inquiry = HistoryInquiry()
        inquiry.requestID = identifier
        inquiry.reader = visitor.account.reader
        inquiry.officer = visitor.field("officer")
        inquiry.purpose = visitor.field("purpose")
        do {
            try await surroundings.note(identifier, action, inquiry, subject, visitor.time)
        } catch {
            throw ReadingRefusal(
                503, "try-again", "That you look cannot be written down just now, so nothing is shown; try again.",
                "not written down: \(error)")
        }
    }

    private func made(
        _ make: () async throws -> ReadingRoom.Report?
    ) async throws(ReadingRefusal) -> ReadableAnswer {
        let report: ReadingRoom.Report?
        do {
            report = try await make()
        } catch {
            throw ReadingRefusal(400, "no-such-report", "There is no such report: \(error)", "no such report")
        }
        guard let report else {
            throw ReadingRefusal(404, "no-warehouse", "There is no warehouse of this province yet.", "no warehouse")
        }
        return .report(report)
    }
}
