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

    /// `200 5 shared, 2 refused of 10` says 2 before `refused`; nil where no number stands there.
    func number(before word: String) -> Int? {
        let words = words
        guard let place = words.firstIndex(of: word[...]), place > 0 else { return nil }
        return Int(words[place - 1])
    }

    /// The same says 10 after `of`.
    func number(after word: String) -> Int? {
        let words = words
        guard let place = words.firstIndex(of: word[...]), place + 1 < words.count else { return nil }
        return Int(words[place + 1])
    }

    private var words: [Substring] { verdict.split { $0 == " " || $0 == "," } }
}
