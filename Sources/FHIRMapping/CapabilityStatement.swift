/// What the server says of itself (FHIR R4, "CapabilityStatement").
public enum CapabilityStatement {
    /// - Parameters:
    ///   - address: The base of the server.
    ///   - security: How a client is let in, and what each request must say.
    public static func statement(address: String, security: String) -> FHIRValue {
        var statement = FHIRObject()
        statement.set("resourceType", "CapabilityStatement")
        statement.set("status", "active")
        statement.set("date", "2026-11-29")
        statement.set("kind", "instance")
        statement.set("software", FHIRObject { $0.set("name", "Closed Cycle") })
        statement.set(
            "implementation",
            FHIRObject {
                $0.set(
                    "description", "Health books as the Ministry of Health of an exchange on this machine shares them")
                $0.set("url", address)
            })
        statement.set("fhirVersion", "4.0.1")
        statement.set("format", texts: ["application/fhir+json", "json"])
        statement.set(
            "rest",
            [
                FHIRObject {
                    $0.set("mode", "server")
                    $0.set("security", FHIRObject { $0.set("description", security) })
                    $0.set("resource", FHIRType.allCases.map(resource))
                }
            ])
        return statement.value
    }

    private static func resource(_ type: FHIRType) -> FHIRObject {
        FHIRObject {
            $0.set("type", type.rawValue)
            $0.set(
                "interaction",
                ["read", "search-type"].map { code in FHIRObject { $0.set("code", code) } })
            $0.set("versioning", "no-version")
            $0.set(
                "searchParam",
                SearchParameter.all(of: type).map { parameter in
                    FHIRObject {
                        $0.set("name", parameter.name)
                        $0.set("type", parameter.kind.rawValue)
                    }
                })
            guard type == .patient else { return }
            $0.set(
                "operation",
                [
                    FHIRObject {
                        $0.set("name", "everything")
                        $0.set("definition", "http://hl7.org/fhir/OperationDefinition/Patient-everything")
                    }
                ])
        }
    }
}
