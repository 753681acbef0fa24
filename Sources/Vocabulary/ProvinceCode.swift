/// The codes of the 34 provinces and cities since 1 July 2025, as topology files and book entries write them.
///
/// Decision 19/2025/QD-TTg, as republished by a secondary source; names and wards stand in `ExchangeSchema.Province`.
public enum ProvinceCode {
    /// Every code, in order.
    public static let all = [
        "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25",
        "31", "33", "37", "38", "40", "42", "44", "46", "48", "51", "52", "56",
        "66", "68", "75", "79", "80", "82", "86", "91", "92", "96",
    ]

    /// The code with these two digits as a number.
    public static func text(_ digits: UInt8) -> String { (digits < 10 ? "0" : "") + String(digits) }
}
