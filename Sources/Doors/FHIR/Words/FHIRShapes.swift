import DoorHouse
import FHIRMapping

/// The paths of the FHIR doors, by type of resource, for their description in OpenAPI. Types and search parameters are those that
/// the doors answer to.
enum FHIRShapes {
    private typealias Field = OperationShape.Field

    private static let fhir = "application/fhir+json"
    private static let form = "application/x-www-form-urlencoded"
    private static let bearer = Field("Authorization", "Bearer and the token of an account")
    private static let reader = [
        bearer, Field("X-Purpose", "why the book is read; simulator-defined"),
        Field("X-Officer", "who reads it; simulator-defined", isRequired: false),
    ]
    private static let general = [
        Field("_count", "most resources of a page", .integer, isRequired: false),
        Field("_pretty", "true: for people", isRequired: false),
    ]
    private static let resource = [Field("resourceType", "what it is")]
    private static let refusals: [(status: Int, meaning: String)] = [
        (400, "OperationOutcome: a value is none, or there is no purpose"), (401, "OperationOutcome: no such token"),
        (403, "OperationOutcome: not for this account"), (404, "OperationOutcome: there is no such resource"),
        (406, "OperationOutcome: another format is wanted"), (503, "OperationOutcome: not just now"),
    ]

    /// What is read by GET at MoH.
    static let reading: [DescribedPath] = [metadata, everything] + FHIRType.allCases.flatMap { [search($0), one($0)] }

    private static let metadata = DescribedPath(
        "/metadata", "what there is: CapabilityStatement",
        shape: OperationShape(answers: [(200, "CapabilityStatement")], reply: resource, replyType: fhir))

    private static let everything = DescribedPath(
        "/Patient/{id}/$everything", "all of a person: a Bundle",
        shape: OperationShape(
            headers: reader,
            query: [
                Field("start", "what happened from then on", isRequired: false),
                Field("end", "what happened until then", isRequired: false),
                Field("_since", "what was changed since", isRequired: false),
                Field("_type", "only these types, separated by commas", isRequired: false),
            ] + general, answers: answers("Bundle of type searchset"), reply: resource, replyType: fhir))

    private static func search(_ type: FHIRType) -> DescribedPath {
        DescribedPath(
            "/\(type.rawValue)", "search of \(type.rawValue) in one book",
            shape: OperationShape(
                headers: reader, query: parameters(of: type) + general,
                answers: answers("Bundle of type searchset"), reply: resource, replyType: fhir))
    }

    private static func one(_ type: FHIRType) -> DescribedPath {
        let known = Field("If-None-Match", "the ETag that is known", isRequired: false)
        return DescribedPath(
            "/\(type.rawValue)/{id}", "one \(type.rawValue)",
            shape: OperationShape(
                headers: reader + [known], answers: answers(type.rawValue) + [(304, "as it is known")],
                reply: resource, replyType: fhir))
    }

    private static func answers(_ good: String) -> [(status: Int, meaning: String)] {
        [(status: 200, meaning: good)] + refusals
    }

    /// What is read by POST at MoH: searches, so that no number stands in an address.
    static let searching: [DescribedPath] = FHIRType.allCases.map { type in
        DescribedPath(
            "/\(type.rawValue)/_search", "search of \(type.rawValue) in one book, by a form",
            shape: OperationShape(
                bodyTypes: [form], headers: reader, body: parameters(of: type) + general,
                answers: answers("Bundle of type searchset"), reply: resource, replyType: fhir))
    }

    /// What is sent to the facility.
    static let bundle = OperationShape(
        bodyTypes: [fhir], headers: [bearer],
        body: [
            Field("resourceType", "Bundle"), Field("type", "transaction or document"),
            Field("entry", "the resources", .array),
        ],
        answers: [
            (200, "Bundle: taken in, an entry for each of the request's"), (400, "OperationOutcome: no JSON"),
            (401, "OperationOutcome: no such token"), (403, "OperationOutcome: not for this account"),
            (409, "Bundle: all that was sent stands with other contents"),
            (415, "OperationOutcome: another media type"),
            (422, "OperationOutcome: an issue for each fault; nothing is taken in"),
            (503, "OperationOutcome: not just now; send the same again"),
        ], reply: resource, replyType: fhir)

    /// Whose book it is is asked for by one of these beside what the type has.
    private static func parameters(of type: FHIRType) -> [Field] {
        let own = SearchParameter.all(of: type).map {
            Field($0.name, "a \($0.kind.rawValue) of FHIR", isRequired: false)
        }
        guard type != .patient, type != .organization else { return own }
        return own + [Field("patient.identifier", "SYSTEM|NUMBER of the person", isRequired: false)]
    }
}
