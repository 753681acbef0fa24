/// A column of a file of facilities.
public enum FacilityColumn: Int, RegisterColumn {
    /// MA_CSKCB, five digits.
    case code
    /// The identifier of 13 digits that a registered facility has beside its code (Decision 1551/QD-BYT, 2026, item 2).
    case identifier
    /// What it is called.
    case name
    /// Where it lies: two digits, before or since July 2025.
    case province
    /// ``FacilityKind``.
    case kind
    /// Whether it is connected to the exchange: `yes` or `no`.
    case connected
    /// Whether it keeps electronic medical records: `yes` or `no`.
    case electronicRecords
    /// What it is licensed for, separated by `;`.
    case specialties
    /// Practice certificates of its practitioners as MA_BAC_SI writes them, separated by `;`. Blank: not examined.
    case practitioners
    /// For people. Not read.
    case story

    /// `facilities`.
    public static var table: String { "facilities" }
}
