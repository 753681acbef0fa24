/// Why a call is refused: in the gateway's words, and for the log.
struct ProvinceRefusal: Error, Equatable {
    /// HTTP status, which stands in the body too.
    var status: Int
    /// Simulator-defined, but for the names of the Vĩnh Long gateway that begin with `HOC_`.
    var code: String
    var words: String
    var verdict: String

    static func invalid(_ words: String, _ verdict: String) -> ProvinceRefusal {
        ProvinceRefusal(status: 400, code: "INVALID_REQUEST", words: words, verdict: verdict)
    }

    static func unauthenticated(_ words: String, _ verdict: String) -> ProvinceRefusal {
        ProvinceRefusal(status: 401, code: "UNAUTHORIZED", words: words, verdict: verdict)
    }

    static let unknown = ProvinceRefusal(
        status: 404, code: "NOT_FOUND", words: "không có giao dịch này", verdict: "no such transaction of this account")
}
