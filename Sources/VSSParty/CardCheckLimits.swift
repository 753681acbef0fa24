/// Results of the card check (dispatch 1923/BHXH-CNTT, annex, maKetQua) that no record can cause, and why.
enum CardCheckLimits {
    static let notOfARecord: [(code: String, reason: String)] = [
        ("054", "about the officer who looks a card up: a record names none"),
        ("055", "about the officer who looks a card up: a record names none"),
        ("100", "the register could not be read: VSS stops, and no record is answered"),
        ("101", "a server failed: VSS stops, and no record is answered"),
        ("401", "the account of a gateway was refused: the exchange has logins of its broker instead"),
        ("500", "a server failed: VSS stops, and no record is answered"),
    ]
}
