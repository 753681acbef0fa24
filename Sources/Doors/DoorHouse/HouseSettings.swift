/// Where the house stands, and what it allows.
public struct HouseSettings: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 for any free one.
    public var port = 0
    /// Certificate chain and private key, PEM files; nil for plain HTTP.
    public var tls: TLSFiles?
    /// What it allows.
    public var limits = HouseLimits()

    /// On loopback, on any free port.
    public init() {}

    /// PEM files.
    public struct TLSFiles: Sendable, Codable, Equatable {
        /// Path of the certificate and its chain.
        public var certificate: String
        /// Path of the private key.
        public var key: String

        /// Takes both.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }
}

/// What one client, and all of them together, may take of the house.
public struct HouseLimits: Sendable, Codable, Equatable {
    /// Most bytes of one body.
    public var bodyBytes = 32 << 20
    /// Most bytes of all bodies that are held at once.
    public var allBodiesBytes = 64 << 20
    /// Most bytes of a request's head.
    public var headBytes = 16 << 10
    /// Seconds from the head of a request to its last byte; who takes longer is cut off.
    public var requestSeconds = 60.0
    /// Seconds without a request, or between two pieces of one, after which a connection is closed.
    public var idleSeconds = 30.0
    /// Most connections at once; further ones wait until one ends.
    public var connections = 2_000

    /// The defaults.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        bodyBytes = try values.decodeIfPresent(Int.self, forKey: .bodyBytes) ?? bodyBytes
        allBodiesBytes = try values.decodeIfPresent(Int.self, forKey: .allBodiesBytes) ?? allBodiesBytes
        headBytes = try values.decodeIfPresent(Int.self, forKey: .headBytes) ?? headBytes
        requestSeconds = try values.decodeIfPresent(Double.self, forKey: .requestSeconds) ?? requestSeconds
        idleSeconds = try values.decodeIfPresent(Double.self, forKey: .idleSeconds) ?? idleSeconds
        connections = try values.decodeIfPresent(Int.self, forKey: .connections) ?? connections
    }
}

/// Why the house cannot open.
public struct HouseError: Error, Sendable, CustomStringConvertible {
    /// For a person: what happened, and what to do.
    public var description: String

    /// Says it.
    public init(_ description: String) { self.description = description }
}
