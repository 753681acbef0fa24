import Crypto
import DoorHouse
import FHIRMapping
import Foundation

/// Lets in who has a token.
struct FHIRGate: Sendable {
    private let accounts: [Data: FHIRAccount]

    /// - Throws: `HouseError` when an account is malformed, or two have one token.
    init(_ accounts: [FHIRAccount]) throws(HouseError) {
        var known: [Data: FHIRAccount] = [:]
        for account in accounts {
            if let problem = account.problem { throw HouseError(problem) }
            guard known.updateValue(account, forKey: Self.digest(account.token)) == nil else {
                throw HouseError("two accounts of fhir have one token")
            }
        }
        self.accounts = known
    }

    /// Whose token a request bears.
    /// - Throws: An answer of 401.
    func account(of request: DoorRequest) throws(FHIRRefusal) -> FHIRAccount {
        let words = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        // By digest, so that the time that a comparison takes says nothing about a token.
        guard words.count == 2, words[0].lowercased() == "bearer",
            let account = accounts[Self.digest(words[1].trimmingCharacters(in: .whitespaces))]
        else {
            throw FHIRRefusal(
                401, OutcomeIssue("login", "Authorization: Bearer TOKEN bears no token of an account"), "no account")
        }
        return account
    }

    private static func digest(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
