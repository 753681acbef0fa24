/// One row of xml130-fields.tsv: both columns, annex and portal, of one field.
struct FieldDefinition: Sendable {
    let name: String
    let annex: FieldRule
    let portal: FieldRule

    init(
        _ name: String, _ annexKind: FieldRule.Kind, _ annexLength: Int?, _ portalKind: FieldRule.Kind,
        _ portalLength: Int?, _ isRequired: Bool, _ shape: FieldShape
    ) {
        self.name = name
        annex = FieldRule(
            name: name, kind: annexKind, maximumLength: annexLength, isRequired: isRequired, shape: shape)
        portal = FieldRule(
            name: name, kind: portalKind, maximumLength: portalLength, isRequired: isRequired, shape: shape)
    }
}
