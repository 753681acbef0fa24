import Foundation

/// Name and password as a browser sends them of itself: HTTP Basic (RFC 7617), in UTF-8.
public struct BasicCredentials: Sendable, Equatable {
    /// Before the first colon.
    public let username: String
    /// Behind it.
    public let password: String

    /// Nil where a request bears none.
    public init?(_ request: DoorRequest) {
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "basic",
            let data = Data(base64Encoded: String(words[1]))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        username = String(parts[0])
        password = String(parts[1])
    }

    /// The header field that has a browser ask for them.
    /// - Parameter realm: Of what; no quotes in it.
    public static func challenge(_ realm: String) -> (name: String, value: String) {
        ("WWW-Authenticate", "Basic realm=\"\(realm)\", charset=\"UTF-8\"")
    }
}

extension DoorRequest {
    /// Whether a browser says that a form comes from another site's page: such a page must not send one in the name of
    /// whoever is logged in here. What is no browser says neither.
    public var isFromElsewhere: Bool {
        if let site = headers["sec-fetch-site"], site != "same-origin", site != "none" { return true }
        guard let origin = headers["origin"], !address.isEmpty else { return false }
        // A house behind a proxy that speaks TLS does not know the scheme.
        func place(_ text: String) -> Substring { text.split(separator: "/").last ?? "" }
        return place(origin) != place(address)
    }
}
