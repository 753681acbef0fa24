/// Code systems and URIs that the export uses. HL7 FHIR R4 4.0.1, with codes from the value sets that it binds; what none
/// of them says has a code of this project, simulator-defined, under the reserved domain `example`.
enum FHIRCode {
    /// Release of FHIR whose elements are written.
    static let release = "4.0.1"
    /// UUIDs as identifiers (FHIR R4, "Identifier Systems").
    static let uuids = "urn:ietf:rfc:3986"
    /// In the value set of AuditEvent.type and of Provenance.activity.
    static let lifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"
    /// In the value set of AuditEvent.agent.type.
    static let dicom = "http://dicom.nema.org/resources/ontology/DCM"
    /// In the value set of AuditEvent.source.type.
    static let sourceType = "http://terminology.hl7.org/CodeSystem/security-source-type"

    /// Simulator-defined from here on.
    static let base = "https://closed-cycle.example/fhir"
    /// What a party decided, as its journal says it.
    static let decision = base + "/CodeSystem/decision"
    /// Names of parties.
    static let party = base + "/party"
    /// What a person did, as the command is called.
    static let act = base + "/CodeSystem/act"
    /// Persons, as the auditor's log names them: login with user identifier, or what a facility says.
    static let person = base + "/person"
    /// Citizens, by the pseudonyms of an exchange.
    static let pseudonym = base + "/pseudonym"
    /// Extension: how it is known who did something.
    static let knownBy = base + "/StructureDefinition/known-by"
    /// Extension: where a log proves that a leaf is in it.
    static let proof = base + "/StructureDefinition/log-proof"

    static let transmit = Coding(lifecycle, "transmit", "Transmit Record Lifecycle Event")
    static let receive = Coding(lifecycle, "receive", "Receive/Retain Record Lifecycle Event")
    static let access = Coding(lifecycle, "access", "Access/View Record Lifecycle Event")
    static let sender = Coding(dicom, "110153", "Source Role ID")
    static let receiver = Coding(dicom, "110152", "Destination Role ID")
    static let applicationServer = Coding(sourceType, "4", "Application Server")
}
