/// A facility as Organization: called by its code, which is public.
public enum OrganizationResource {
    /// - Parameters:
    ///   - code: MA_CSKCB.
    ///   - name: As a register has it; empty where none does.
    public static func resource(_ code: String, name: String, systems: IdentifierSet) -> MappedResource {
        var object = FHIRObject(resource: .organization)
        object.set("id", code)
        object.set(
            "identifier",
            [
                FHIRObject {
                    $0.set("system", IdentifierKind.facility.system(systems))
                    $0.set("value", code)
                }
            ])
        object.set("name", name)
        return MappedResource(key: ResourceKey(.organization), value: object.value, lastUpdated: nil, code: code)
    }
}
