/// The data types of FHIR R4 that the export uses; only the elements it fills.

struct Coding: Codable, Equatable {
    var system: String
    var code: String
    var display: String?

    init(_ system: String, _ code: String, _ display: String? = nil) {
        self.system = system
        self.code = code
        self.display = display
    }
}

struct CodeableConcept: Codable, Equatable {
    var coding: [Coding]?
    var text: String?

    init(coding: [Coding]) { self.coding = coding }

    init(text: String) { self.text = text }
}

struct Identifier: Codable, Equatable {
    var system: String
    var value: String
}

/// A reference by identifier, for none of the things is a resource.
struct Reference: Codable, Equatable {
    var type: String?
    var identifier: Identifier
    var display: String?

    init(identifier: Identifier, display: String?) {
        self.identifier = identifier
        self.display = display
    }

    /// Something with a UUID.
    init(uuid: String, display: String? = nil) {
        identifier = Identifier(system: FHIRCode.uuids, value: "urn:uuid:" + uuid)
        self.display = display
    }

    /// A party of the exchange.
    init(party: String) {
        type = "Organization"
        identifier = Identifier(system: FHIRCode.party, value: party)
        display = party
    }
}

/// A value, or further extensions.
struct Extension: Codable, Equatable {
    var url: String
    var valueString: String?
    var `extension`: [Extension]?

    init(_ url: String, _ value: String) {
        self.url = url
        valueString = value
    }

    init(_ url: String, _ inner: [Extension]) {
        self.url = url
        self.extension = inner
    }
}
