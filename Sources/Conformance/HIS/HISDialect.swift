/// A dialect of the doors of which there is a checklist. The raw value is what the log of the doors calls it.
package enum HISDialect: String, CaseIterable, Sendable {
    case vssPortal = "vss-portal"
    case mohAxis = "moh-axis"
    case agentNode = "agent-node"
    case provinceGateway = "province-gateway"
    /// Bundles of visits; reading books has no list.
    case fhirFacility = "fhir-facility"

    /// What a hospital's system must have done, in the order in which it is told.
    var lines: [HISLine] {
        switch self {
        case .vssPortal: HISLine.portal
        case .mohAxis: HISLine.axis
        case .agentNode: HISLine.agent
        case .provinceGateway: HISLine.province
        case .fhirFacility: HISLine.bundles
        }
    }
}
