/// `maKetQua` of a call that takes something in. 200, 401 and 403 are those of dispatch 1245/BHXH-CNTT; 201, 202, 204 and
/// 500 those of the batch calls of Decision 4210/QD-BYT; 205 that of the card check (dispatch 1923/BHXH-CNTT).
enum PortalResult: String, Sendable, Encodable {
    /// Taken in. Not that it is valid.
    case accepted = "200"
    /// The file is no XML, or no envelope.
    case malformed = "201"
    /// Nothing in the file is sound.
    case contentWrong = "202"
    /// There is nothing in the file, or there is no such transaction.
    case empty = "204"
    /// A parameter is missing, or has another form.
    case parameterWrong = "205"
    /// Not logged in.
    case unauthenticated = "401"
    /// Logged in, and not for this.
    case unauthorised = "403"
    /// Nothing was done; the same may come again.
    case serverError = "500"

    /// What HTTP says of it, where it says anything.
    var status: Int {
        switch self {
        case .accepted: 200
        case .malformed, .contentWrong, .parameterWrong: 400
        case .empty: 404
        case .unauthenticated: 401
        case .unauthorised: 403
        case .serverError: 503
        }
    }
}
