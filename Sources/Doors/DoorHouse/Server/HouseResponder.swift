import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Reads a request within the limits, finds who answers it, and notes what came of it.
struct HouseResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let scheme: String
    let routes: RouteTable
    let pages: HousePages
    let limits: HouseLimits
    let allowance: BodyAllowance
    let log: RequestLog
    let counts: RequestCounts

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        var note = LoggedRequest(
            identifier: UUID().uuidString.lowercased(), receivedAt: Int64(Date().timeIntervalSince1970 * 1_000),
            dialect: "", request: "\(request.method.rawValue) \(request.uri.path)", bytes: 0, account: "", status: 0,
            verdict: "", readings: [], milliseconds: 0)
        defer {
            note.milliseconds = Int64((ContinuousClock.now - start) / .milliseconds(1))
            log.note(note)
            counts.note(note, ContinuousClock.now - start)
            say(note, context.logger)
        }
        let query = URLEncodedText.fields((request.uri.query ?? "").utf8)
        let finding = routes.find(request.method.rawValue, request.uri.path)
        let answer: DoorAnswer
        switch finding {
        case .route(let entry):
            note.dialect = entry.dialect.name
            answer = try await self.answer(entry, request, query, &note)
        case .otherMethod(let dialect, let allowed):
            note.dialect = dialect.name
            answer = dialect.answer(
                to: .methodNotAllowed(allowed.joined(separator: ", ")), accept: request.headers[.accept] ?? "")
        case .nothing:
            answer = await pages.answer(request.method.rawValue, request.uri.path, accept: request.headers[.accept])
        }
        note.status = answer.status
        note.account = answer.account ?? ""
        note.verdict = answer.verdict
        note.readings = answer.readings
        if QueryCheck.namesAPerson(query) {
            note.readings.append(QueryCheck.note)
        }
        var headers: HTTPFields = [
            .contentType: answer.contentType, .requestIdentifier: note.identifier, .cacheControl: "no-store",
        ]
        if case .otherMethod(_, let allowed) = finding { headers[.allow] = allowed.joined(separator: ", ") }
        if answer.status == 503 { headers[.retryAfter] = "1" }
        for (name, value) in answer.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private func answer(
        _ entry: RouteTable.Entry, _ request: Request, _ query: [String: String], _ note: inout LoggedRequest
    ) async throws -> DoorAnswer {
        func answer(to problem: HouseProblem) -> DoorAnswer {
            entry.dialect.answer(to: problem, accept: request.headers[.accept] ?? "")
        }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= limits.bodyBytes else {
            return answer(to: .bodyTooLarge(limit: limits.bodyBytes))
        }
        var body: [UInt8] = []
        // Room at once for what most requests have, and no more on anybody's word: what grows is copied, and held twice.
        body.reserveCapacity(min(max(length, 0), 1 << 16))
        var held = 0
        defer { allowance.giveBack(held) }
        do {
            for try await piece in request.body {
                guard body.count + piece.readableBytes <= limits.bodyBytes else {
                    return answer(to: .bodyTooLarge(limit: limits.bodyBytes))
                }
                guard allowance.take(piece.readableBytes) else { return answer(to: .overloaded) }
                held += piece.readableBytes
                body.append(contentsOf: piece.readableBytesView)
            }
        } catch {
            note.verdict = "cut off before the body was there"
            throw error
        }
        note.bytes = body.count
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let asked = DoorRequest(
            identifier: note.identifier, receivedAt: note.receivedAt, method: request.method.rawValue,
            path: request.uri.path, query: query,
            queryText: request.uri.query ?? "", headers: headers, body: body,
            address: Self.address(scheme, request.head.authority))
        return await entry.route.handle(asked)
    }

    /// What a client calls the house, where it is a name and a port and nothing else.
    private static func address(_ scheme: String, _ authority: String?) -> String {
        guard let authority, (1...255).contains(authority.utf8.count),
            authority.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.:-[]".unicodeScalars.contains($0))
            })
        else { return "" }
        return "\(scheme)://\(authority)"
    }

    /// What goes well is told to those who want to know it all; a busy house would otherwise write more than it reads.
    private func say(_ note: LoggedRequest, _ logger: Logger) {
        let level: Logger.Level =
            note.status >= 500 ? .warning : note.status >= 400 || note.status == 0 ? .info : .debug
        logger.log(
            level: level, "\(PersonalDataMask.masked(note.request)): \(PersonalDataMask.masked(note.verdict))",
            metadata: [
                "request": .string(note.identifier), "dialect": .string(note.dialect),
                "status": .stringConvertible(note.status),
                "ms": .stringConvertible(note.milliseconds),
            ])
    }
}

extension HTTPField.Name {
    static var requestIdentifier: Self { name("X-Request-Id") }
    static var retryAfter: Self { name("Retry-After") }

    private static func name(_ text: String) -> Self { Self(text) ?? .server }
}
