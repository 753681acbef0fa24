import DoorHouse
import ExchangeSchema
import FHIRMapping

/// What a request to the book's paths wants.
enum BookRequest {
    case metadata
    /// One resource.
    case read(FHIRType, id: String)
    /// All resources of a type that a search wants.
    case search(FHIRType)
    /// All resources of a person.
    case everything(id: String)

    /// - Parameter path: Below the base, without a slash in front.
    /// - Throws: An answer of 404 or 405.
    init(_ method: String, _ path: String) throws(FHIRRefusal) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts == ["metadata"], method == "GET" {
            self = .metadata
            return
        }
        guard let type = FHIRType(rawValue: parts[0]) else {
            throw FHIRRefusal(
                404,
                OutcomeIssue(
                    "not-supported",
                    "here are metadata and \(FHIRType.allCases.map(\.rawValue).joined(separator: ", "))"),
                "no such type")
        }
        switch (method, parts.count, parts.count > 1 ? parts[1] : "") {
        case ("GET", 1, _), ("POST", 2, "_search"): self = .search(type)
        case ("GET", 2, let id): self = .read(type, id: id)
        case ("GET", 3, let id) where type == .patient && parts[2] == "$everything": self = .everything(id: id)
        default:
            throw FHIRRefusal(
                405,
                OutcomeIssue("not-supported", "books are read here: GET a resource or a search, or POST _search"),
                "not a way of reading")
        }
    }
}

/// The parameters of a request, of which one name may stand several times.
struct SearchFields {
    /// In the order in which they came, those of the body after those of the address.
    let all: [(name: String, value: String)]

    init(_ request: DoorRequest) {
        var all = URLEncodedText.fieldList(Array(request.queryText.utf8))
        if request.mediaType == "application/x-www-form-urlencoded" { all += URLEncodedText.fieldList(request.body) }
        self.all = all
    }

    func last(_ name: String) -> String? { all.last { $0.name == name }?.value }

    /// A number that is not below 0.
    /// - Throws: An answer of 400.
    func count(_ name: String) throws(FHIRRefusal) -> Int? {
        guard let text = last(name) else { return nil }
        guard let count = Int(text), count >= 0 else {
            throw FHIRRefusal(400, OutcomeIssue("value", "\(name) is a number from 0 on"), "\(name) is no number")
        }
        return count
    }
}
