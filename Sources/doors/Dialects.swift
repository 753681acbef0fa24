import CommuneStation
import DoorHouse
import FHIR
import Foundation
import MoHAxis
import ProvinceGateway
import Reading
import Supervision
import VSSPortal
import Vocabulary

/// The dialects that there are: whoever adds one adds it here.
struct Dialects: Codable {
    /// The portal of Vietnam Social Security.
    var vssPortal = PortalSettings()
    /// The axis of the Ministry of Health.
    var mohAxis = AxisSettings()
    /// The agent through which VSS sent to the Ministry in June 2026.
    var agentNode = AgentNodeSettings()
    /// FHIR at the Ministry of Health and at the facility.
    var fhir = FHIRSettings()
    /// The reading room of provinces and the ministry.
    var reading = ReadingSettings()
    /// A province's gateway in front of it.
    var provinceGateway = ProvinceSettings()
    /// The form of a commune station.
    var communeStation = StationSettings()

    enum CodingKeys: String, CodingKey {
        case vssPortal = "vss-portal"
        case mohAxis = "moh-axis"
        case agentNode = "agent-node"
        case fhir, reading
        case provinceGateway = "province-gateway"
        case communeStation = "commune-station"
    }

    init() {}

    /// A dialect that the file does not name, because it is of an earlier version, is set up as at a first start.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let first = Self.firstOnes()
        vssPortal = try values.decodeIfPresent(PortalSettings.self, forKey: .vssPortal) ?? first.vssPortal
        mohAxis = try values.decodeIfPresent(AxisSettings.self, forKey: .mohAxis) ?? first.mohAxis
        agentNode = try values.decodeIfPresent(AgentNodeSettings.self, forKey: .agentNode) ?? first.agentNode
        fhir = try values.decodeIfPresent(FHIRSettings.self, forKey: .fhir) ?? first.fhir
        reading = try values.decodeIfPresent(ReadingSettings.self, forKey: .reading) ?? first.reading
        provinceGateway =
            try values.decodeIfPresent(ProvinceSettings.self, forKey: .provinceGateway) ?? first.provinceGateway
        communeStation =
            try values.decodeIfPresent(StationSettings.self, forKey: .communeStation) ?? first.communeStation
    }

    /// With what the doors' directory gives: where keys lie.
    func completed(_ exchange: DoorExchange) throws -> Dialects {
        var dialects = self
        dialects.mohAxis = mohAxis.withKeyFiles(in: try Self.axisKeys(exchange))
        return dialects
    }

    private static func axisKeys(_ exchange: DoorExchange) throws -> String { try exchange.file("moh-axis-keys") }

    /// Opens all of them.
    static func all(_ settings: Dialects, _ exchange: DoorExchange) throws -> [any Dialect] {
        var portal = VSSPortal.Surroundings(
            facility: try exchange.inboxes(of: .facility), vss: try exchange.inboxes(of: .vss),
            store: try exchange.file("vss-portal.sqlite"))
        portal.authority = exchange.layout.authorityDirectory
        var axis = MoHAxis.Surroundings(
            facility: portal.facility, ministry: try exchange.inboxes(of: .moh),
            store: try exchange.file("moh-axis.sqlite"), keys: try axisKeys(exchange))
        axis.authority = portal.authority
        let reading = try BookReading(exchange)
        let province = ProvinceGateway.Surroundings(
            facility: portal.facility, store: try exchange.file("province-gateway.sqlite"))
        let station = CommuneStation.Surroundings(
            facility: portal.facility, vss: portal.vss, ministry: try exchange.inboxes(of: .moh),
            store: try exchange.file("commune-station.sqlite"), secret: try exchange.secret("commune-station.key"),
            note: reading.look)
        return [
            try VSSPortal(settings.vssPortal, portal), try MoHAxis(settings.mohAxis, axis),
            try AgentNode(
                settings.agentNode, facility: portal.facility, store: try exchange.file("agent-node.sqlite"),
                authority: portal.authority),
            try FHIRBook(settings.fhir, reading.surroundings),
            try FHIRFacility(settings.fhir, facility: portal.facility),
            try ReadingRoom(settings.reading, reading.room),
            try ProvinceGateway(settings.provinceGateway, province),
            try CommuneStation(settings.communeStation, station),
        ]
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
        dialects.mohAxis.accounts = [
            AxisAccount(username: "VSS_TEST", password: password(), role: .department, senderID: "G12/VSS"),
            AxisAccount(
                username: "FACILITY_TEST", password: password(), role: .facility, senderID: "8930000001999",
                facility: "01999"),
            AxisAccount(username: "DOH_TEST", password: password(), role: .doh, senderID: "8930000010004"),
        ]
        dialects.agentNode.accounts = [AgentNodeAccount(username: "VSS_TEST", key: password(), service: "G12")]
        dialects.fhir.accounts = [
            FHIRAccount(name: "01998_BV", token: token(), role: .facility, code: "01998"),
            FHIRAccount(name: "01999_BV", token: token(), role: .facility, code: "01999"),
            FHIRAccount(name: "SYT_01", token: token(), role: .province, code: "01"),
            FHIRAccount(name: "BO_Y_TE", token: token(), role: .ministry),
        ]
        dialects.reading.accounts = [
            ReadingAccount(username: "SYT_01", password: password(), province: "01"),
            ReadingAccount(username: "BO_Y_TE", password: password(), province: nil),
        ]
        dialects.provinceGateway.accounts = [
            ProvinceAccount(
                username: "BV_01999", password: password(), senderID: "8930000019991", facility: "01999"),
            ProvinceAccount(username: "TRAM_TEST", password: password(), senderID: "8930000010004"),
        ]
        dialects.communeStation.accounts = [
            StationAccount(
                username: "TRAM_01999", password: password(), facility: "01999", officer: "NGUYỄN THỊ TRẠM",
                officerNumber: "001199000002", practitioner: "000000/HNO-CCHN")
        ]
        return dialects
    }

    /// As long as two passwords.
    private static func token() -> String { password() + password() }

    /// Twelve letters and digits, none of which is taken for another.
    private static func password() -> String {
        String((0..<12).compactMap { _ in "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789".randomElement() })
    }
}
