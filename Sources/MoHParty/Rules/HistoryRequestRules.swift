import ExchangeSchema
import PartyCore

/// What a request for a shared history must say before the book is opened for it: a facility, a person, and why.
/// Simulator-defined, as are the codes; that a purpose is given follows Decree 13/2023/ND-CP on personal data, and that the
/// officer is named the card check of VSS (dispatch 1923/BHXH-CNTT, hoTenCb). The rest the book decides.
enum HistoryRequestRules {
    /// - Parameter register: Nil where MoH takes facilities as they come.
    /// - Returns: The refusal; nil when there is none. It repeats no number of a person.
    /// - Throws: The register's error when it cannot be read.
    static func refusal(of request: HistoryRequest, by register: (any FacilityRegistry)?) throws -> Refusal? {
        let code: FacilityCode
        do {
            code = try FacilityCode(parsing: request.facilityCode)
        } catch {
            return Refusal(.mohFacilityMalformed, error)
        }
        if let register, let refusal = try refusal(of: code, by: register) { return refusal }
        return refusalOfForm(request)
    }

    /// The rules that hold for whoever asks.
    static func refusalOfForm(_ request: HistoryRequest) -> Refusal? {
        do {
            _ = try CitizenNumber(parsing: request.citizenNumber)
        } catch {
            return Refusal(.mohCitizenNumberMalformed, field: "SO_CCCD", value: "", rule: error.rule.text)
        }
        guard PrintableText.isLine(request.purpose, upTo: HistoryRequest.longestPurpose) else {
            return Refusal(
                .mohPurposeMissing, field: "purpose", value: "",
                rule: "the purpose is 1 to \(HistoryRequest.longestPurpose) printable characters on one line")
        }
        guard request.officer.isEmpty || PrintableText.isLine(request.officer, upTo: HistoryRequest.longestOfficer)
        else {
            return Refusal(
                .mohUnreadable, field: "officer", value: "",
                rule: "the officer is at most \(HistoryRequest.longestOfficer) printable characters on one line")
        }
        return nil
    }

    private static func refusal(of code: FacilityCode, by register: any FacilityRegistry) throws -> Refusal? {
        RegisteredFacilityRule.refusal(of: try register.facility(code), written: code.description)
    }
}
