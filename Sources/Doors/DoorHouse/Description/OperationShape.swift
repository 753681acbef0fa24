/// What a path takes and gives, for its description in OpenAPI.
public struct OperationShape: Sendable {
    /// One named value.
    public struct Field: Sendable {
        /// A type of JSON.
        public enum Kind: String, Sendable {
            case string, integer, number, boolean, object, array
        }

        /// As it is sent.
        public var name: String
        /// One line.
        public var meaning: String
        /// Its type in JSON.
        public var kind: Kind
        /// Whether nothing is done without it.
        public var isRequired: Bool

        /// Takes all fields.
        public init(_ name: String, _ meaning: String, _ kind: Kind = .string, isRequired: Bool = true) {
            self.name = name
            self.meaning = meaning
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    /// Media types of the body; none where there is no body.
    public var bodyTypes: [String]
    /// Fields of the head.
    public var headers: [Field]
    /// Values of the query.
    public var query: [Field]
    /// Fields of the body.
    public var body: [Field]
    /// What each status says.
    public var answers: [(status: Int, meaning: String)]
    /// Fields of an answer.
    public var reply: [Field]
    /// Media type of an answer.
    public var replyType: String
    /// Media types that an answer has beside it, for whoever accepts them; of these nothing is described.
    public var otherReplyTypes: [String] = []

    /// Takes all fields.
    public init(
        bodyTypes: [String] = [], headers: [Field] = [], query: [Field] = [], body: [Field] = [],
        answers: [(status: Int, meaning: String)], reply: [Field] = [], replyType: String = "application/json"
    ) {
        self.bodyTypes = bodyTypes
        self.headers = headers
        self.query = query
        self.body = body
        self.answers = answers
        self.reply = reply
        self.replyType = replyType
    }
}
