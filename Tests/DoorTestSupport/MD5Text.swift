import Crypto
import Foundation

/// MD5 as clients of the VSS portal send a password: hexadecimal, upper case.
package enum MD5Text {
    package static func upper(_ text: String) -> String {
        Insecure.MD5.hash(data: Data(text.utf8)).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
