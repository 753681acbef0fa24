/// A request as a dialect sees it: whole, within the house's limits.
public struct DoorRequest: Sendable {
    /// Its identifier, which stands in the answer and in every line of the log.
    public var identifier: String
    /// When its head was read; Unix milliseconds.
    public var receivedAt: Int64
    /// Upper case.
    public var method: String
    /// Without the query.
    public var path: String
    /// Scheme and authority by which the client reached the house, for example `http://127.0.0.1:8080`; empty where it did not
    /// say.
    public var address: String
    /// Values of the query, decoded; of a name that comes twice, the last one.
    public var query: [String: String]
    /// The query as it came, for dialects in which a name may come twice.
    public var queryText: String
    /// Values of the header fields, by names in lower case.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]

    /// Takes all fields.
    public init(
        identifier: String = "", receivedAt: Int64 = 0, method: String = "POST", path: String,
        query: [String: String] = [:], queryText: String = "", headers: [String: String] = [:], body: [UInt8] = [],
        address: String = ""
    ) {
        self.identifier = identifier
        self.receivedAt = receivedAt
        self.method = method
        self.path = path
        self.address = address
        self.query = query
        self.queryText = queryText
        self.headers = headers
        self.body = body
    }

    /// The media type of the body, in lower case and without parameters.
    public var mediaType: String {
        let value = headers["content-type"] ?? ""
        return value.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }
}

/// What is answered, and what the log says of it.
public struct DoorAnswer: Sendable {
    /// HTTP status.
    public var status: Int
    /// Media type of the body.
    public var contentType: String
    /// The body.
    public var body: [UInt8]
    /// Further header fields, by their names.
    public var headers: [String: String] = [:]
    /// For the log: what was decided, without personal data.
    public var verdict: String
    /// For the log: which readings of contradictory texts the sender used.
    public var readings: [String]
    /// For the log: whose account it was; nil where nobody was recognised.
    public var account: String?

    /// Takes all fields.
    public init(
        status: Int, contentType: String = "application/json; charset=utf-8", body: [UInt8], verdict: String,
        readings: [String] = [], account: String? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.verdict = verdict
        self.readings = readings
        self.account = account
    }
}
