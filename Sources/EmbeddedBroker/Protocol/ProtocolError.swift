/// Why a frame could not be understood. The connection that sent it is closed; no other is touched.
enum ProtocolError: Error, Equatable, CustomStringConvertible {
    case truncated(wanting: String)
    case negativeLength(of: String)
    case tooManyElements(Int)
    case notUTF8
    case frameTooLarge(bytes: Int, limit: Int)
    case unsupported(api: Int16, version: Int16, client: String?)
    case notLoggedIn(api: Int16)

    var description: String {
        switch self {
        case .truncated(let what): "the frame ends inside \(what)"
        case .negativeLength(let what): "the length of \(what) is negative"
        case .tooManyElements(let count): "an array announces \(count) elements, more than the frame can hold"
        case .notUTF8: "a string is not UTF-8"
        case .frameTooLarge(let bytes, let limit): "a frame of \(bytes) bytes is outside the limit of \(limit)"
        case .notLoggedIn(let api): "API key \(api) was asked before a login"
        case .unsupported(let api, let version, let client):
            "client \(client ?? "without a name") asks for "
                + (APIKey(rawValue: api).map { known in
                    "\(known) in version \(version), and this broker serves \(known.versions.lowerBound) to "
                        + "\(known.versions.upperBound)"
                } ?? "API \(api) in version \(version), which this broker does not serve")
        }
    }
}
