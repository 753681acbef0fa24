import DoorHouse
import ExchangeSchema
import FHIRMapping

/// One request of somebody who was let in.
struct BookWork {
    let request: DoorRequest
    let fields: SearchFields
    let form: FHIRForm
    let base: String
    let account: FHIRAccount
    let routes: BookRoutes

    /// A book as this reader may have it.
    private struct Book {
        var extract: BookExtract
        /// The person, what stands in the book, and facilities that it names.
        var resources: [MappedResource]
        /// What the person is called.
        var patient: String
    }

    func read(_ type: FHIRType, _ id: String) async throws(FHIRRefusal) -> DoorAnswer {
        guard let found = routes.names.resource(id, type) else { throw .notFound("a name that is none") }
        guard let book = try await book(of: found.citizen),
            let resource = book.resources.first(where: { $0.key == found.key })
        else { throw .notFound("nothing of that name is to be had") }
        return single(resource)
    }

    func everything(_ id: String) async throws(FHIRRefusal) -> DoorAnswer {
        guard let found = routes.names.resource(id, .patient) else { throw .notFound("a name that is none") }
        guard let book = try await book(of: found.citizen) else { throw .notFound("no book") }
        let kept = ["start", "end", "_since", "_type"].compactMap { name in
            fields.last(name).map { (name: name, value: $0) }
        }
        let pages = try BookPages(
            request, base: base, path: "Patient/\(book.patient)/$everything", fields: kept, fields,
            pageSize: BookPages.largest)
        var resources = try happened(book)
        if let since = fields.last("_since") {
            let updated = SearchParameter.all(of: .patient).filter { $0.name == "_lastUpdated" }
            resources = try chosen(resources, updated.map { (parameter: $0, value: "ge" + since) })
        }
        if let types = fields.last("_type") {
            let wanted = Set(types.split(separator: ",").map(String.init))
            resources = resources.filter { wanted.contains($0.key.type.rawValue) }
        }
        return answer(pages.bundle(resources, at: book.extract.answeredAt), "\(resources.count) resources of a book")
    }

    func search(_ type: FHIRType) async throws(FHIRRefusal) -> DoorAnswer {
        let known = SearchParameter.all(of: type)
        var criteria: [(parameter: SearchParameter, value: String)] = []
        var person: SoughtPerson?
        for (name, value) in fields.all {
            if let sought = try SoughtPerson(name, value, type, routes.names) {
                person = sought
            } else if let parameter = known.first(where: { $0.name == name }) {
                criteria.append((parameter, value))
            } else if form.isStrict, !Self.general.contains(name) {
                throw FHIRRefusal(
                    400,
                    OutcomeIssue(
                        "not-supported",
                        "\(type.rawValue) is searched by \(known.map(\.name).joined(separator: ", "))"),
                    "a parameter that is not supported")
            }
        }
        guard let person else {
            throw FHIRRefusal(
                400,
                OutcomeIssue(
                    "too-costly",
                    type == .patient
                        ? "a person is sought by identifier=SYSTEM|NUMBER or by _id; POST _search keeps numbers out of addresses"
                        : "one book is searched at a time: say patient=ID, or patient.identifier=SYSTEM|NUMBER"),
                "nobody is named")
        }
        var book: Book?
        if let citizen = person.citizen { book = try await self.book(of: citizen) }
        let found = try chosen(book?.resources.filter { $0.key.type == type } ?? [], criteria)
        var repeated = criteria.map { (name: $0.parameter.name, value: $0.value) }
        if let patient = book?.patient { repeated.insert((type == .patient ? "_id" : "patient", patient), at: 0) }
        let pages = try BookPages(
            request, base: base, path: type.rawValue, fields: repeated, fields, pageSize: routes.settings.pageSize)
        return answer(
            pages.bundle(found, at: book?.extract.answeredAt ?? request.receivedAt), "\(found.count) \(type.rawValue)")
    }

    func readOrganization(_ code: String) throws(FHIRRefusal) -> DoorAnswer {
        guard let name = try routes.name(of: code) else { throw .notFound("no such facility") }
        return single(OrganizationResource.resource(code, name: name, systems: routes.settings.identifiers))
    }

    func searchOrganizations() throws(FHIRRefusal) -> DoorAnswer {
        let wanted = fields.last("identifier").map { $0.split(separator: "|").last.map(String.init) ?? "" }
        guard let code = wanted ?? fields.last("_id") else {
            throw FHIRRefusal(
                400, OutcomeIssue("too-costly", "a facility is sought by identifier=SYSTEM|CODE or by _id"),
                "no facility is named")
        }
        let name = try routes.name(of: code)
        let found =
            name.map { [OrganizationResource.resource(code, name: $0, systems: routes.settings.identifiers)] } ?? []
        let known = SearchParameter.all(of: .organization)
        let criteria = fields.all.compactMap { field in
            known.first { $0.name == field.name }.map { (parameter: $0, value: field.value) }
        }
        let pages = try BookPages(
            request, base: base, path: "Organization", fields: criteria.map { ($0.parameter.name, $0.value) }, fields,
            pageSize: routes.settings.pageSize)
        return answer(pages.bundle(try chosen(found, criteria), at: request.receivedAt), "\(found.count) Organization")
    }

    /// Parameters of any search.
    private static let general: Set<String> = ["_count", "_offset", "_format", "_pretty"]

    private func book(of citizen: UInt64) async throws(FHIRRefusal) -> Book? {
        guard let number = CitizenNumber(number: citizen) else { return nil }
        let extract = try await routes.desk.read(
            number.description, as: account, purpose: request.headers["x-purpose"] ?? "",
            officer: request.headers["x-officer"] ?? "")
        guard let extract, let first = try? CitizenNumber(parsing: extract.firstNumber) else { return nil }
        let names = NamesOfBook(routes.names, of: first.number)
        let name: @Sendable (ResourceKey) -> String = { names.name($0) }
        let mapping = BookMapping(
            naming: ResourceNaming(identifier: name, reference: { "\($0.type.rawValue)/\(name($0))" }),
            systems: routes.settings.identifiers)
        var resources = mapping.resources(extract)
        for code in BookMapping.facilities(extract) {
            resources.append(
                OrganizationResource.resource(
                    code, name: try routes.name(of: code) ?? "", systems: routes.settings.identifiers))
        }
        return Book(extract: extract, resources: resources, patient: name(BookMapping.patient))
    }

    private func chosen(
        _ resources: [MappedResource], _ criteria: [(parameter: SearchParameter, value: String)]
    ) throws(FHIRRefusal) -> [MappedResource] {
        do throws(SearchProblem) {
            return try ResourceSearch(criteria).choose(resources, now: request.receivedAt)
        } catch {
            throw FHIRRefusal(error)
        }
    }

    private func happened(_ book: Book) throws(FHIRRefusal) -> [MappedResource] {
        do throws(SearchProblem) {
            return try ResourceSearch.happened(
                book.resources, since: fields.last("start"), until: fields.last("end"), now: request.receivedAt)
        } catch {
            throw FHIRRefusal(error)
        }
    }

    /// One resource, with its version (FHIR R4, "RESTful API", "Support for Versions").
    private func single(_ resource: MappedResource) -> DoorAnswer {
        var found = answer(resource.value, resource.key.type.rawValue)
        if !resource.version.isEmpty {
            let tag = "W/\"\(resource.version)\""
            if request.headers["if-none-match"] == tag {
                found.status = 304
                found.body = []
            }
            found.headers["ETag"] = tag
        }
        if let time = resource.lastUpdated { found.headers["Last-Modified"] = FHIRReply.httpDate(time) }
        return found
    }

    private func answer(_ value: FHIRValue, _ verdict: String) -> DoorAnswer {
        FHIRReply.answer(value, verdict: "200 \(verdict)", account: account.name, isPretty: form.isPretty)
    }
}

extension FHIRRefusal {
    fileprivate init(_ problem: SearchProblem) {
        self.init(
            400, OutcomeIssue("value", "\(problem.parameter) \(problem.problem)"),
            "the value of \(problem.parameter) is none")
    }
}
