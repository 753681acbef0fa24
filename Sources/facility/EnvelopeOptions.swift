public import ArgumentParser
public import HealthStandards
import Supervision

/// Which envelope goes to which facility, and how long its outcome is waited for.
struct EnvelopeOptions: ParsableArguments {
    @Argument(help: "The envelope file.")
    var file: String

    @Option(help: "Whose field rules apply: annex or portal.")
    var profile = ValidationProfile.portal

    @Option(help: "The data directory of the exchange, or that of a facility started by hand.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    @Option(help: "Seconds to wait for the outcome of every visit; without it only until the facility has them all.")
    var wait: Double?

    func validate() throws {
        if let wait, !(wait > 0 && wait <= 86_400) {
            throw ValidationError("--wait is from above 0 to 86400 seconds")
        }
    }
}

extension ValidationProfile: ExpressibleByArgument {}
