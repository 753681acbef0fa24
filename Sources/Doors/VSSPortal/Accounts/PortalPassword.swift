import Crypto
import DoorDesk
import Foundation

/// How a client has sent a password, which the portal wants as MD5 in upper case (VSS dispatch 1245/BHXH-CNTT). MD5 protects
/// nothing; it is what the interface asks for.
enum PortalPassword {
    /// What came.
    enum Finding: Equatable {
        /// The account's, in a form that is taken.
        case right(PortalReadings.Password)
        /// The account's, in another form; what that is.
        case otherForm(String)
        /// Another one.
        case wrong
    }

    static func examine(_ given: String, of account: PortalAccount, taken: [PortalReadings.Password]) -> Finding {
        let lower = Data(Insecure.MD5.hash(data: Data(account.password.utf8))).hexadecimal
        let form: PortalReadings.Password
        switch given {
        case lower.uppercased(): form = .upper
        case lower: form = .lower
        case account.password: return .otherForm("in clear")
        default: return given.lowercased() == lower ? .otherForm("MD5 in mixed case") : .wrong
        }
        return taken.contains(form) ? .right(form) : .otherForm(form.rawValue)
    }
}
