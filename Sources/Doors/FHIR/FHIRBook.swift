public import DoorHouse
public import ExchangeSchema
import FHIRMapping

/// The door that speaks FHIR R4 (4.0.1) at the Ministry of Health: it reads books, each as whoever asks may have it.
public struct FHIRBook: Dialect {
    /// Where MoH is, and what the door is given.
    public struct Surroundings: Sendable {
        /// Where the inbox of MoH can be.
        public var ministry: [String]
        /// At least 32 bytes, kept for as long as names of resources are to stay the same.
        public var secret: [UInt8]
        /// The name of a facility; empty where no register has one, nil where there is no such facility.
        public var organization: @Sendable (FacilityCode) throws -> String?
        /// Writes down that a book was read; nothing is given before it has returned.
        public var note: @Sendable (BookLookNote) async throws -> Void
        /// How long MoH is waited for when it does not run.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(
            ministry: [String], secret: [UInt8], organization: @escaping @Sendable (FacilityCode) throws -> String?,
            note: @escaping @Sendable (BookLookNote) async throws -> Void
        ) {
            self.ministry = ministry
            self.secret = secret
            self.organization = organization
            self.note = note
        }
    }

    static let security =
        "Authorization: Bearer TOKEN of an account. X-Purpose says why a book is read, 1 to 500 printable characters on one "
        + "line, and X-Officer who reads it, where that is known; both stand in the journal of MoH, in the person's book and in "
        + "the auditor's log before anything is answered."

    private let settings: FHIRSettings
    private let routesBelow: BookRoutes

    /// - Throws: `HouseError` when an account or another setting is malformed.
    public init(_ settings: FHIRSettings, _ surroundings: Surroundings) throws(HouseError) {
        guard settings.pageSize > 0 else { throw HouseError("pageSize of fhir is above 0") }
        guard settings.basePath.hasPrefix("/"), !settings.basePath.hasSuffix("/") else {
            throw HouseError("basePath of fhir begins with / and does not end with it")
        }
        self.settings = settings
        routesBelow = BookRoutes(
            settings: settings, gate: try FHIRGate(settings.accounts), names: OpaqueNames(secret: surroundings.secret),
            desk: BookDesk(
                directories: surroundings.ministry, patience: surroundings.patience, note: surroundings.note),
            organization: surroundings.organization)
    }

    /// `fhir`.
    public var name: String { "fhir" }
    /// As the settings say.
    public var basePath: String { settings.basePath }

    /// All paths below the base: types and names of resources are no fixed list.
    public var routes: [DoorRoute] {
        [
            DoorRoute(
                "GET", "/*", "metadata; a resource; a search; Patient/ID/$everything", below: FHIRShapes.reading
            ) {
                await routesBelow.handle($0)
            },
            DoorRoute("POST", "/*", "TYPE/_search, with the parameters in a form", below: FHIRShapes.searching) {
                await routesBelow.handle($0)
            },
        ]
    }

    /// As an OperationOutcome.
    public func answer(to problem: HouseProblem) -> DoorAnswer { FHIRReply.answer(problem) }

    /// Asks MoH.
    public func obstacles() async -> [String] { await routesBelow.desk.obstacles() }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "FHIR R4 at the Ministry of Health",
            steps: [
                "GET \(basePath)/metadata says what there is. Every other request bears Authorization: Bearer TOKEN and X-Purpose, "
                    + "and is written down with them before it is answered.",
                "Find a person by POST \(basePath)/Patient/_search with identifier=SYSTEM|NUMBER in the body, so that the number "
                    + "stands in no address; everything else is found by the id that comes back.",
                "A facility reads of its own patients what stands elsewhere, a province its residents, the ministry everybody.",
            ],
            readings: [
                ("URIs of numbers", settings.identifiers.rawValue + " is written, all sets are understood"),
                (
                    "codes of Viet Nam's lists",
                    "urn:closed-cycle:cs:FIELD; simulator-defined, for no public text gives URIs"
                ),
                ("why a book is read", "X-Purpose and X-Officer; simulator-defined"),
            ],
            accounts: settings.accounts.map {
                TestAccount(
                    username: $0.name, password: $0.token,
                    purpose: [$0.role.rawValue, $0.code ?? ""].filter { !$0.isEmpty }.joined(separator: " "))
            })
    }
}
