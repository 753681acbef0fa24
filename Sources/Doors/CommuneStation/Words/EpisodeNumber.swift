import DoorDesk

/// MA_LK of what is entered here: facility, day and eight signs, for example `01999-261129-K7Q2M9XD`. It is chosen when a
/// form is opened and sealed into it, so that one form is one record, however often it is sent. Simulator-defined.
enum EpisodeNumber {
    private static let signs = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

    /// A number that nobody has.
    /// - Parameter now: Unix milliseconds.
    static func drawn(for facility: String, at now: Int64) -> String {
        let tail = String((0..<8).map { _ in signs[Int.random(in: 0..<signs.count)] })
        return "\(facility)-\(VietnamTime.stamp(now).dropFirst(2).prefix(6))-\(tail)"
    }

    /// Whether a text is such a number of this facility.
    static func isNumber(_ text: String, of facility: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0] == facility && parts[1].utf8.count == 6
            && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) } && parts[2].count == 8
            && parts[2].allSatisfy(signs.contains)
    }
}
