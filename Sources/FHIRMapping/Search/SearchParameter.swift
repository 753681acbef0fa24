/// What a type can be searched by (FHIR R4, "Search Parameter Registry"; names as there).
public struct SearchParameter: Sendable, Equatable {
    /// How its value is written.
    public enum Kind: String, Sendable {
        case token, date, reference
    }

    /// Its name.
    public var name: String
    /// How its value is written.
    public var kind: Kind
    /// The members that it looks into, from the resource down.
    let path: [String]

    private init(_ name: String, _ kind: Kind, _ path: [String]) {
        self.name = name
        self.kind = kind
        self.path = path
    }

    /// All of a type.
    public static func all(of type: FHIRType) -> [SearchParameter] {
        let common = [
            SearchParameter("_id", .token, ["id"]), SearchParameter("_lastUpdated", .date, ["meta", "lastUpdated"]),
        ]
        let identifier = SearchParameter("identifier", .token, ["identifier"])
        func of(_ person: String, _ more: SearchParameter...) -> [SearchParameter] {
            common + [SearchParameter("patient", .reference, [person])]
                + (person == "patient" ? [] : [SearchParameter(person, .reference, [person])]) + more
        }
        let encounter = SearchParameter("encounter", .reference, ["encounter"])
        let code = SearchParameter("code", .token, ["code"])
        switch type {
        case .patient, .organization: return common + [identifier]
        case .encounter:
            return of(
                "subject", identifier, SearchParameter("type", .token, ["type"]),
                SearchParameter("date", .date, ["period"]))
        case .condition:
            return of(
                "subject", code, encounter, SearchParameter("category", .token, ["category"]),
                SearchParameter("recorded-date", .date, ["recordedDate"]))
        case .observation:
            return of(
                "subject", code, encounter, SearchParameter("category", .token, ["category"]),
                SearchParameter("date", .date, ["effectiveDateTime"]))
        case .medicationRequest:
            return of(
                "subject", SearchParameter("code", .token, ["medicationCodeableConcept"]), encounter,
                SearchParameter("authoredon", .date, ["authoredOn"]))
        case .procedure:
            return of("subject", code, encounter, SearchParameter("date", .date, ["performedDateTime"]))
        case .immunization:
            return of(
                "patient", SearchParameter("vaccine-code", .token, ["vaccineCode"]),
                SearchParameter("date", .date, ["occurrenceDateTime"]))
        case .coverage: return of("beneficiary", identifier)
        case .composition:
            return of(
                "subject", SearchParameter("type", .token, ["type"]), encounter,
                SearchParameter("date", .date, ["date"]))
        case .clinicalImpression: return of("subject", encounter, SearchParameter("date", .date, ["date"]))
        }
    }

    /// Where a type says when it happened; nil where it has no time of its own.
    static func clinicalDate(of type: FHIRType) -> SearchParameter? {
        all(of: type).first { $0.kind == .date && $0.name != "_lastUpdated" }
    }

    /// Whether a resource is among those that a value asks for. Several values are separated by commas, of which one is enough.
    /// - Parameter now: For `ap`, which means nearer the closer a time is; Unix milliseconds.
    /// - Throws: ``SearchProblem`` where the value is none.
    public func matches(_ resource: FHIRValue, _ value: String, now: Int64) throws(SearchProblem) -> Bool {
        let found = path.reduce(Optional(resource)) { $0?[$1] }
        var isFound = false
        for one in value.split(separator: ",", omittingEmptySubsequences: false) {
            switch kind {
            case .date:
                guard let sought = SearchDate(String(one), now: now) else {
                    throw SearchProblem(
                        parameter: name,
                        problem: "is no date of FHIR, such as ge2026-11-01 or lt2026-11-28T09:00:00+07:00")
                }
                if let found, let range = TimeRange(found), sought.matches(range) { isFound = true }
            case .token: if let found, Self.hasToken(found, String(one)) { isFound = true }
            case .reference:
                if found?["reference"]?.string.map({ Self.names($0, String(one)) }) == true { isFound = true }
            }
        }
        return isFound
    }

    /// `Encounter/ID`, `ID`, or an address that ends so.
    private static func names(_ reference: String, _ sought: String) -> Bool {
        !sought.isEmpty
            && (reference == sought || reference.hasSuffix("/" + sought) || sought.hasSuffix("/" + reference))
    }

    /// `value`, `system|value`, `|value` or `system|`, looked for in a text, an identifier, a coding or a concept.
    private static func hasToken(_ found: FHIRValue, _ sought: String) -> Bool {
        switch found {
        case .text(let text): return text == sought
        case .array(let elements): return elements.contains { hasToken($0, sought) }
        case .object:
            if let codings = found["coding"] { return hasToken(codings, sought) }
            let parts = sought.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (value, system) = (found["value"]?.string ?? found.text("code"), found.text("system"))
            guard parts.count == 2 else { return value == sought }
            return (parts[0].isEmpty ? system.isEmpty : Self.isSame(parts[0], system))
                && (parts[1].isEmpty || parts[1] == value)
        case .number, .boolean, .null: return false
        }
    }

    /// One URI, or two that stand for one kind of number.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one == other || IdentifierKind.allCases.contains { $0.isNamed(by: one) && $0.isNamed(by: other) }
    }
}

/// Why a search cannot be done.
public struct SearchProblem: Error, Sendable, Equatable {
    /// The parameter.
    public var parameter: String
    /// What is wrong with it, to be read behind its name. It repeats no value, which may be somebody's number.
    public var problem: String

    /// Takes both.
    public init(parameter: String, problem: String) {
        self.parameter = parameter
        self.problem = problem
    }
}
