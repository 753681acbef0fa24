/// The entries of a Bundle that is sent in, found by what they are called.
struct BundleEntries {
    struct Entry {
        /// Place in the Bundle.
        var place: Int
        var type: FHIRType
        var resource: FHIRValue

        func expression(_ path: String) -> String { "Bundle.entry[\(place)].resource.\(path)" }
    }

    private(set) var entries: [Entry] = []
    private(set) var issues: [OutcomeIssue] = []
    private var places: [String: Int] = [:]

    /// Types that visits, health checks and vaccinations are made of.
    private static let taken: Set<FHIRType> = [
        .patient, .encounter, .condition, .observation, .medicationRequest, .procedure, .coverage, .organization,
        .composition, .clinicalImpression, .immunization,
    ]

    init(_ bundle: FHIRValue) {
        guard bundle.text("resourceType") == "Bundle" else {
            issues = [OutcomeIssue("structure", "a Bundle is expected", at: "Bundle")]
            return
        }
        let type = bundle.text("type")
        guard type == "transaction" || type == "document" else {
            issues = [
                OutcomeIssue(
                    "not-supported", "what a facility sends comes in a Bundle of type transaction or document",
                    at: "Bundle.type")
            ]
            return
        }
        for (place, entry) in (bundle["entry"]?.elements ?? []).enumerated() {
            take(entry, place, isTransaction: type == "transaction")
        }
        if entries.isEmpty, issues.isEmpty {
            issues = [OutcomeIssue("required", "the Bundle has no entry", at: "Bundle.entry")]
        }
    }

    private mutating func take(_ entry: FHIRValue, _ place: Int, isTransaction: Bool) {
        guard let resource = entry["resource"], let name = resource["resourceType"]?.string else {
            issues.append(
                OutcomeIssue("required", "an entry has a resource", at: "Bundle.entry[\(place)].resource"))
            return
        }
        guard let type = FHIRType(rawValue: name), Self.taken.contains(type) else {
            issues.append(
                OutcomeIssue(
                    "not-supported",
                    "what a facility sends is made of \(Self.taken.map(\.rawValue).sorted().joined(separator: ", "))",
                    at: "Bundle.entry[\(place)].resource"))
            return
        }
        if isTransaction, entry["request"]?.text("method") != "POST" {
            issues.append(
                OutcomeIssue(
                    "not-supported", "an entry of a transaction is sent by POST",
                    at: "Bundle.entry[\(place)].request.method"))
        }
        let index = entries.count
        entries.append(Entry(place: place, type: type, resource: resource))
        var names = [entry.text("fullUrl")]
        if let identifier = resource["id"]?.string { names.append("\(name)/\(identifier)") }
        for name in names where !name.isEmpty {
            if places.updateValue(index, forKey: name) != nil {
                issues.append(
                    OutcomeIssue(
                        "duplicate", "another entry is called the same", at: "Bundle.entry[\(place)].fullUrl"))
            }
        }
    }

    /// The entry that a reference leads to; nil where it leads out of the Bundle.
    func target(of reference: FHIRValue?) -> Entry? {
        guard let name = reference?["reference"]?.string else { return nil }
        if let place = places[name] { return entries[place] }
        // The whole address of what the Bundle calls by type and id.
        let tail = name.split(separator: "/").suffix(2).joined(separator: "/")
        return places[tail].map { entries[$0] }
    }

    func all(_ type: FHIRType) -> [Entry] { entries.filter { $0.type == type } }
}
