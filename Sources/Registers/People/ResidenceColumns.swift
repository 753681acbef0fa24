import ExchangeSchema

/// Reads where a person lives since when, and where before. Two ways to write it: `province` and the last move away from it
/// (`movedOn`, `movedTo`), or `province`, since when (`residentSince`), and where before (`earlierProvince`).
enum ResidenceColumns {
    /// - Parameter lives: What `province` says; nil when it was reported.
    /// - Returns: Where the person lives now, since when, and where before; nil each where it is not given.
    static func read(
        _ rules: inout PersonRules, lives: Province?
    ) -> (province: Province?, since: CivilDate?, former: Province?) {
        let row = rules.row
        let moved = rules.optional(.movedTo, PersonRules.provinceRule) { FormerProvince(twoDigits: $0)?.province }
        let movedOn = rules.optional(.movedOn, WrittenDay.rule) { WrittenDay.read($0) }
        if row[.movedTo].isEmpty != row[.movedOn].isEmpty {
            rules.report(row[.movedTo].isEmpty ? .movedTo : .movedOn, "movedOn and movedTo stand together")
        }
        let since = rules.optional(.residentSince, WrittenDay.rule) { WrittenDay.read($0) }
        let former = rules.optional(.earlierProvince, PersonRules.provinceRule) {
            FormerProvince(twoDigits: $0)?.province
        }
        if !row[.earlierProvince].isEmpty, row[.residentSince].isEmpty {
            rules.report(.residentSince, "is needed beside earlierProvince")
        }
        if !row[.movedTo].isEmpty, !row[.residentSince].isEmpty {
            rules.report(
                .residentSince, "stands beside movedOn and movedTo, which say the same; leave one of them blank")
        }
        return moved == nil ? (lives, since, former) : (moved, movedOn, lives)
    }
}
