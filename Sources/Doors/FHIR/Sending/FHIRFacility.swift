import DoorDesk
public import DoorHouse
import ExchangeSchema
import FHIRMapping

/// The door that speaks FHIR R4 at the facility: it takes Bundles of visits, health checks and vaccinations, and hands them
/// on as the portal hands on envelopes.
public struct FHIRFacility: Dialect {
    private let settings: FHIRSettings
    private let route: BundleRoute
    private let facility: PartyLine

    /// - Parameters:
    ///   - facility: Where the inbox of the facility can be.
    ///   - patience: How long it is waited for when it does not run.
    /// - Throws: `HouseError` when an account or another setting is malformed.
    public init(
        _ settings: FHIRSettings, facility directories: [String], patience: Duration = .seconds(5)
    ) throws(HouseError) {
        guard settings.facilityPath.hasPrefix("/"), !settings.facilityPath.hasSuffix("/") else {
            throw HouseError("facilityPath of fhir begins with / and does not end with it")
        }
        self.settings = settings
        let line = PartyLine(directories: directories, lanes: BundleRoute.lanes, patience: patience)
        facility = line
        route = BundleRoute(gate: try FHIRGate(settings.accounts), facility: line)
    }

    /// `fhir-facility`.
    public var name: String { "fhir-facility" }
    /// As the settings say.
    public var basePath: String { settings.facilityPath }

    /// The base alone, which takes Bundles; below it there is nothing.
    public var routes: [DoorRoute] {
        [
            DoorRoute(
                "POST", "", "a Bundle of type transaction or document, with the records of one facility",
                shape: FHIRShapes.bundle
            ) {
                await route.handle($0)
            },
            DoorRoute("GET", "/*", "nothing: what was sent is read at MoH", below: []) { _ in
                FHIRReply.answer(
                    FHIRRefusal(
                        404, OutcomeIssue("not-supported", "here records are sent; books are read at MoH's door"),
                        "nothing is read here"))
            },
        ]
    }

    /// As an OperationOutcome.
    public func answer(to problem: HouseProblem) -> DoorAnswer { FHIRReply.answer(problem) }

    /// Asks the facility.
    public func obstacles() async -> [String] { await facility.silence().map { ["facility: \($0)"] } ?? [] }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "FHIR R4 at the facility",
            steps: [
                "POST \(basePath) with Authorization: Bearer TOKEN of a facility and a Bundle of type transaction: an Encounter "
                    + "a visit, its Patient, and Condition, Observation, MedicationRequest, Procedure, ClinicalImpression and Coverage "
                    + "that name them; an Encounter of the kind KHAMSUCKHOE a health check; an Immunization a vaccination.",
                "200 means taken in, and not valid: what VSS, C06 and MoH refuse later, facility submit and the portal's "
                    + "nhanChiTietLoiHS tell.",
            ],
            readings: [
                ("fields that FHIR has no place for", "extension urn:closed-cycle:field:NAME; simulator-defined"),
                ("the same Bundle again", "no second effect"),
                ("a fault in one record", "nothing of the Bundle is taken in; the faults are named with their places"),
            ],
            accounts: settings.accounts.filter { $0.role == .facility }.map {
                TestAccount(username: $0.name, password: $0.token, purpose: "facility \($0.code ?? "")")
            })
    }
}
