import ExchangeSchema
import PartyCore

/// SO_MUI is a whole number from 1 to 99; TONG_MUI, where it is written, likewise, and no dose is beyond the series.
/// Simulator-defined. A core holds one record at a time, so nothing is said of doses that other records have.
enum DoseRule {
    static func check(_ vaccination: Vaccination) throws(Refusal) {
        let dose = try number(vaccination.soMui, "SO_MUI")
        guard !vaccination.tongMui.isEmpty else { return }
        guard dose <= (try number(vaccination.tongMui, "TONG_MUI")) else {
            throw Refusal(
                .mohDoseImplausible, field: "SO_MUI", value: vaccination.soMui,
                rule: "no dose is beyond its series (TONG_MUI \(vaccination.tongMui))")
        }
    }

    private static func number(_ text: String, _ field: String) throws(Refusal) -> Int {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), number > 0
        else {
            throw Refusal(.mohDoseImplausible, field: field, value: text, rule: "a whole number from 1 to 99")
        }
        return number
    }
}
