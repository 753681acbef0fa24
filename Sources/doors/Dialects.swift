import DoorHouse
import Foundation
import Supervision
import VSSPortal
import Vocabulary

/// The dialects that there are: whoever adds one adds it here.
struct Dialects: Codable {
    /// The portal of Vietnam Social Security.
    var vssPortal = PortalSettings()

    enum CodingKeys: String, CodingKey {
        case vssPortal = "vss-portal"
    }

    /// Opens all of them.
    static func all(_ settings: Dialects, _ exchange: DoorExchange) throws -> [any Dialect] {
        var portal = VSSPortal.Surroundings(
            facility: try exchange.inboxes(of: .facility), vss: try exchange.inboxes(of: .vss),
            store: try exchange.file("vss-portal.sqlite"))
        portal.authority = exchange.layout.authorityDirectory
        return [try VSSPortal(settings.vssPortal, portal)]
    }

    /// With test accounts that nobody else has.
    static func firstOnes() -> Dialects {
        var dialects = Dialects()
        dialects.vssPortal.accounts = [
            PortalAccount(
                username: "THU_NGHIEM", password: password(), facility: "*",
                officers: [.init(number: "001199000001", name: "NGUYỄN THỊ QUẦY")]),
            PortalAccount(username: "01999_BV", password: password(), facility: "01999", officers: nil),
        ]
        return dialects
    }

    /// Twelve letters and digits, none of which is taken for another.
    private static func password() -> String {
        String((0..<12).compactMap { _ in "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789".randomElement() })
    }
}
