/// The kinds of visit by MA_LOAI_KCB: Decision 824/QD-BYT (2023), 01 to 09, and the list of 16 that Decision 1804/QD-BYT
/// (2026) puts in its place on 1 August 2026. Of 10 no public text gives the words.
public enum VisitKind {
    /// What a code stands for; nil for one that neither list has.
    public static func title(_ code: String) -> String? {
        switch code {
        case "01": "examination"
        case "02": "outpatient treatment"
        case "03": "inpatient treatment"
        case "04": "day treatment"
        case "05": "chronic outpatient treatment"
        case "06": "stay at a commune station"
        case "07": "drugs by appointment"
        case "08": "chronic outpatient treatment with services"
        case "09": "inpatient treatment under 4 hours"
        case "10": "code 10"
        case "11": "mobile visit"
        case "12": "visit at home"
        case "13": "family medicine"
        case "14": "tele-visit"
        case "15": "health check"
        case "16": "screening"
        default: nil
        }
    }

    /// What stands in place of MA_LOAI_KCB of a vaccination, which has none. No code, so no visit is one.
    public static let vaccination = "vaccination"
    /// What stands in place of MA_LOAI_KCB of a health check, whose own one is in its table.
    public static let healthCheck = "health-check"

    /// Whether the person lies in the facility, so that one cannot be in two at a time: those for which the portal asks for
    /// a table of discharge (rule of XML8: 03, 04, 06).
    public static func isStay(_ code: String) -> Bool { code == "03" || code == "04" || code == "06" }
}
