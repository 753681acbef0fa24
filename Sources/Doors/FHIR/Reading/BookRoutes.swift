import DoorHouse
import ExchangeSchema
import FHIRMapping

/// Answers requests for resources of books.
struct BookRoutes: Sendable {
    let settings: FHIRSettings
    let gate: FHIRGate
    let names: OpaqueNames
    let desk: BookDesk
    let organization: @Sendable (FacilityCode) throws -> String?

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        var account: FHIRAccount?
        do throws(FHIRRefusal) {
            let wanted = try BookRequest(request.method, Self.path(request, below: settings.basePath))
            let fields = SearchFields(request)
            let form = try FHIRForm(request, fields.all)
            let base = request.address + settings.basePath
            if case .metadata = wanted {
                return FHIRReply.answer(
                    CapabilityStatement.statement(address: base, security: FHIRBook.security), verdict: "metadata",
                    isPretty: form.isPretty)
            }
            let reader = try gate.account(of: request)
            account = reader
            let work = BookWork(
                request: request, fields: fields, form: form, base: base, account: reader, routes: self)
            switch wanted {
            case .metadata: throw .notFound("")
            case .read(.organization, let code): return try work.readOrganization(code)
            case .search(.organization): return try work.searchOrganizations()
            case .read(let type, let id): return try await work.read(type, id)
            case .search(let type): return try await work.search(type)
            case .everything(let id): return try await work.everything(id)
            }
        } catch {
            return FHIRReply.answer(error, account: account?.name)
        }
    }

    /// The rest of the path, without a slash in front.
    private static func path(_ request: DoorRequest, below base: String) -> String {
        String(request.path.dropFirst(base.count).drop { $0 == "/" })
    }

    /// The name of a facility.
    /// - Returns: Empty where no register has one; nil where there is no such facility.
    /// - Throws: An answer of 503 when the register cannot be read.
    func name(of code: String) throws(FHIRRefusal) -> String? {
        guard let code = try? FacilityCode(parsing: code) else { return nil }
        do {
            return try organization(code)
        } catch {
            throw FHIRRefusal(
                503, OutcomeIssue("transient", "the register of facilities cannot be read just now"),
                "the register cannot be read: \(error)")
        }
    }
}
