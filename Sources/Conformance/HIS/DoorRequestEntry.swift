/// One request to the doors, as their log at `/plug-in/log` shows it (docs/doors.md).
struct DoorRequestEntry: Decodable, Sendable, Equatable {
    var identifier: String
    /// Unix milliseconds.
    var receivedAt: Int64
    var dialect: String
    /// Method and path.
    var request: String
    var account: String
    var status: Int
    var verdict: String
    var readings: [String]

    /// Last part of the path.
    var call: Substring { request.split(separator: "/").last ?? "" }
}
