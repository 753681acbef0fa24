/// Which of the two published field tables the rules come from. They differ in type or length for many fields
/// (SO_CCCD is a number in the annex and text at the portal; NHOM_MAU has 5 characters in one and 10 in the other).
public enum ValidationProfile: String, Sendable, CaseIterable {
    /// The annex of Decision 130/QD-BYT (2023) as amended by Decision 4750/QD-BYT (2023).
    case annex
    /// The validation table of the receiving portal of Vietnam Social Security.
    case portal
}
