/// A way in that speaks as one real gateway does. It turns requests into commands and questions of its party, and the
/// party's answers into the gateway's words; no rule of the domain lives in it. The house does all that is the same for
/// every dialect.
public protocol Dialect: Sendable {
    /// Short name, as it stands in settings, logs and addresses: lower case, digits and dashes.
    var name: String { get }
    /// What all its paths begin with, for example `/vss`; empty where they stand at the root, as at the real gateway.
    var basePath: String { get }
    /// What it answers to.
    var routes: [DoorRoute] { get }
    /// What the page `/plug-in` says of it.
    var guide: DialectGuide { get }
    /// A description of its paths in OpenAPI 3.1, as JSON.
    var openAPI: String? { get }

    /// How the dialect says what the house has found wrong with a request to one of its paths.
    func answer(to problem: HouseProblem) -> DoorAnswer
    /// The same, of a dialect that answers in more than one form.
    /// - Parameter accept: What the request says of the forms that its sender takes; empty where it says nothing.
    func answer(to problem: HouseProblem, accept: String) -> DoorAnswer
    /// Why nothing can be taken in just now, a line each; none when all is well.
    func obstacles() async -> [String]
}

extension Dialect {
    /// Made from the routes and their shapes.
    public var openAPI: String? { OpenAPIDocument(self).json }

    /// In its only form.
    public func answer(to problem: HouseProblem, accept: String) -> DoorAnswer { answer(to: problem) }
}

/// One path of a dialect.
public struct DoorRoute: Sendable {
    /// Upper case.
    public var method: String
    /// Below the dialect's base path, beginning with a slash. One that ends with `/*` stands for all paths below it, of which none
    /// has a route of its own.
    public var path: String
    /// What it is for, one line.
    public var summary: String
    /// What it takes and gives, for the description in OpenAPI; nil where only the path is described.
    public var shape: OperationShape?
    /// Of a path that ends with `/*`, what there really is below it, for the description in OpenAPI; nil where that is any
    /// path.
    public var below: [DescribedPath]?
    /// Answers a request.
    public var handle: @Sendable (DoorRequest) async -> DoorAnswer

    /// Takes all fields.
    public init(
        _ method: String, _ path: String, _ summary: String, shape: OperationShape? = nil,
        below: [DescribedPath]? = nil,
        handle: @escaping @Sendable (DoorRequest) async -> DoorAnswer
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.shape = shape
        self.below = below
        self.handle = handle
    }
}

/// One of the paths below a route that stands for many.
public struct DescribedPath: Sendable {
    /// Below the dialect's base path, beginning with a slash; what differs from request to request in braces, as OpenAPI writes
    /// it: `/Patient/{id}`.
    public var path: String
    /// What it is for, one line.
    public var summary: String
    /// What it takes and gives.
    public var shape: OperationShape

    /// Takes all fields.
    public init(_ path: String, _ summary: String, shape: OperationShape) {
        self.path = path
        self.summary = summary
        self.shape = shape
    }
}

/// What a person reads to plug in.
public struct DialectGuide: Sendable {
    /// Which gateway it stands in for.
    public var title: String
    /// What to do, a paragraph each.
    public var steps: [String]
    /// The readings of contradictory texts that it follows: what is in question, and which one is followed.
    public var readings: [(question: String, reading: String)]
    /// Accounts for tests.
    public var accounts: [TestAccount]

    /// Takes all fields.
    public init(
        title: String, steps: [String], readings: [(question: String, reading: String)], accounts: [TestAccount]
    ) {
        self.title = title
        self.steps = steps
        self.readings = readings
        self.accounts = accounts
    }
}

/// An account that is good for tests only.
public struct TestAccount: Sendable, Codable, Equatable {
    /// Name that is given at login.
    public var username: String
    /// Its password, in clear: nothing is protected by it but made-up data on one machine.
    public var password: String
    /// What it stands for, one line.
    public var purpose: String

    /// Takes all fields.
    public init(username: String, password: String, purpose: String) {
        self.username = username
        self.password = password
        self.purpose = purpose
    }
}

/// What the house itself finds wrong with a request.
public enum HouseProblem: Sendable, Equatable {
    /// The body is larger than the house takes; in bytes.
    case bodyTooLarge(limit: Int)
    /// The path is there, and not by this method.
    case methodNotAllowed(String)
    /// There is too much under way; the same request may come again.
    case overloaded
}
