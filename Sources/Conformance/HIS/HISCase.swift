/// What a hospital's system does at the VSS portal, a line of the checklist each.
enum HISCase: String, CaseIterable, Sendable {
    case token
    case submitted
    case repeated
    case lookedUp
    case corrected
    case card
    case checkIn
    case oneReading
    case cleanQuery

    var name: String {
        switch self {
        case .token: "his.token"
        case .submitted: "his.submitted"
        case .repeated: "his.sent-again"
        case .lookedUp: "his.looked-up"
        case .corrected: "his.corrected"
        case .card: "his.card"
        case .checkIn: "his.check-in"
        case .oneReading: "his.one-reading"
        case .cleanQuery: "his.no-numbers-in-query"
        }
    }

    var sentence: String {
        switch self {
        case .token: "it has taken a token"
        case .submitted: "it has sent an envelope that was taken in"
        case .repeated: "it has sent a file again, and got the first answer with the same maGiaoDich"
        case .lookedUp: "it has looked up a transaction of which a visit was refused"
        case .corrected: "it has sent visits after that, and they were taken in"
        case .card: "it has checked a card"
        case .checkIn: "it has checked a patient in"
        case .oneReading: "it follows one reading of each text that leaves something open, in all requests"
        case .cleanQuery: "no query of its requests has a number of a person or a card"
        }
    }

    var source: String {
        switch self {
        case .token, .submitted, .checkIn: "dispatch 1245/BHXH-CNTT (3 May 2024)"
        case .card: "dispatch 1923/BHXH-CNTT, annex"
        case .repeated, .lookedUp, .corrected, .oneReading: "docs/doors.md"
        case .cleanQuery: "Law 91/2025/QH15: addresses are written down on the way"
        }
    }

    /// What to do so that it turns green.
    var hint: String {
        switch self {
        case .token: "POST /api/token/take with a test account"
        case .submitted: "POST an envelope to guiHoSoXmlQD3176 or guiHoSoXmlQD4750"
        case .repeated: "send the very same file once more"
        case .lookedUp: "send a visit that VSS or C06 refuses, and ask nhanChiTietLoiHS for its maGiaoDich"
        case .corrected: "correct the refused visit, and send it"
        case .card: "ask KQNhanLichSuKCB2024 or Lskcb2025 about a card"
        case .checkIn: "send XML0 to checkInKcbQd3176, Qd4750 or Qd130"
        case .oneReading: "send at least three requests"
        case .cleanQuery: "send at least three requests"
        }
    }
}
