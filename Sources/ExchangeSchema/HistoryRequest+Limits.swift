extension HistoryRequest {
    /// Most characters of a purpose (Unicode scalars). Simulator-defined.
    public static let longestPurpose = 500
    /// Most characters of an officer's name, likewise.
    public static let longestOfficer = 100
}
