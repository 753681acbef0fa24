import Foundation

/// What FHIR R4 (4.0.1) asks of the two resources: elements, cardinalities, formats and required codes, written down here
/// from the resources' own pages, apart from the code that fills them.
enum R4Rules {
    private typealias Object = [String: Any]

    /// Elements that a resource may have here, and whether it must have them.
    private static let elements: [String: [String: Bool]] = [
        "AuditEvent": [
            "resourceType": true, "id": false, "extension": false, "type": true, "subtype": false, "action": false,
            "recorded": true, "outcome": false, "outcomeDesc": false, "purposeOfEvent": false, "agent": true,
            "source": true,
            "entity": false,
        ],
        "Provenance": [
            "resourceType": true, "id": false, "extension": false, "target": true, "recorded": true, "activity": false,
            "agent": true, "entity": false,
        ],
    ]

    static func faults(of resource: [String: Any]) -> [String] {
        let kind = resource["resourceType"] as? String ?? ""
        guard let known = elements[kind] else { return ["no such resource: \(kind)"] }
        var faults = resource.keys.filter { known[$0] == nil }.map { "unknown element \($0)" }
        faults += known.filter { $0.value && resource[$0.key] == nil }.map { "\($0.key) is missing" }
        check(resource["id"], #"^[A-Za-z0-9\-.]{1,64}$"#, "id", &faults)
        check(
            resource["recorded"],
            #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d+Z$"#, "recorded", &faults
        )
        for item in list(resource["extension"], "extension", &faults) { checkExtension(item, &faults) }
        if kind == "AuditEvent" { checkEvent(resource, &faults) } else { checkProvenance(resource, &faults) }
        return faults + empty(resource, kind)
    }

    /// The text of the proof that a resource carries.
    static func proof(of resource: [String: Any]) -> String? {
        let parts = (resource["extension"] as? [Object])?.first?["extension"] as? [Object]
        return parts?.first { $0["url"] as? String == "tlog-proof" }?["valueString"] as? String
    }

    private static func checkEvent(_ event: Object, _ faults: inout [String]) {
        checkCoding(event["type"], &faults)
        for coding in list(event["subtype"], "subtype", &faults) { checkCoding(coding, &faults) }
        check(event["outcome"], "^(0|4|8|12)$", "outcome", &faults)
        check(event["action"], "^[CRUDE]$", "action", &faults)
        for concept in list(event["purposeOfEvent"], "purposeOfEvent", &faults)
        where concept["text"] == nil && concept["coding"] == nil { faults.append("a concept of nothing") }
        for agent in list(event["agent"], "agent", &faults) {
            if !(agent["requestor"] is Bool) { faults.append("agent.requestor is 1..1") }
            checkReference(agent["who"], &faults)
            for item in list(agent["extension"], "agent.extension", &faults) { checkExtension(item, &faults) }
            let known = ["extension", "type", "who", "altId", "name", "requestor", "purposeOfUse"]
            faults += agent.keys.filter { !known.contains($0) }.map { "unknown element agent.\($0)" }
            if let type = agent["type"] as? Object {
                for coding in list(type["coding"], "coding", &faults) { checkCoding(coding, &faults) }
            }
        }
        let source = event["source"] as? Object ?? [:]
        checkReference(source["observer"], &faults)
        for coding in list(source["type"], "source.type", &faults) { checkCoding(coding, &faults) }
        for entity in list(event["entity"], "entity", &faults) {
            if let what = entity["what"] { checkReference(what, &faults) }
            if entity["name"] != nil, entity["query"] != nil { faults.append("sev-1: a name or a query") }
            guard entity["detail"] != nil else { continue }
            for detail in list(entity["detail"], "detail", &faults) {
                if !(detail["type"] is String) { faults.append("detail.type is 1..1") }
                let values = detail.keys.filter { $0.hasPrefix("value") }
                if values.count != 1 || !["valueString", "valueBase64Binary"].contains(values[0]) {
                    faults.append("detail.value[x] is 1..1: string or base64Binary")
                }
            }
        }
    }

    private static func checkProvenance(_ resource: Object, _ faults: inout [String]) {
        for target in list(resource["target"], "target", &faults) { checkReference(target, &faults) }
        for agent in list(resource["agent"], "agent", &faults) { checkReference(agent["who"], &faults) }
        guard resource["entity"] != nil else { return }
        for entity in list(resource["entity"], "entity", &faults) {
            check(entity["role"], "^(derivation|revision|quotation|source|removal)$", "entity.role", &faults)
            if entity["role"] == nil { faults.append("entity.role is 1..1") }
            checkReference(entity["what"], &faults)
        }
    }

    private static func checkCoding(_ value: Any?, _ faults: inout [String]) {
        guard let coding = value as? Object, let system = coding["system"] as? String else {
            return faults.append("a coding without system")
        }
        if URL(string: system)?.scheme == nil { faults.append("\(system) is no absolute URI") }
        check(coding["code"] ?? "", #"^[^\s]+( [^\s]+)*$"#, "code", &faults)
    }

    /// ref-1 and the text of Reference: something that says what is meant.
    private static func checkReference(_ value: Any?, _ faults: inout [String]) {
        guard let identifier = (value as? Object)?["identifier"] as? Object else {
            return faults.append("a reference that refers to nothing")
        }
        for name in ["system", "value"] where (identifier[name] as? String ?? "").isEmpty {
            faults.append("identifier.\(name) is missing")
        }
        if identifier["system"] as? String == "urn:ietf:rfc:3986" {
            check(identifier["value"], "^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "identifier", &faults)
        }
    }

    /// ext-1: extensions or a value, not both.
    private static func checkExtension(_ item: Object, _ faults: inout [String]) {
        if !(item["url"] is String) { faults.append("extension.url is 1..1") }
        let hasValue = item.keys.contains { $0.hasPrefix("value") }
        if hasValue == (item["extension"] != nil) { faults.append("ext-1: extensions or a value") }
        for inner in (item["extension"] as? [Object]) ?? [] { checkExtension(inner, &faults) }
    }

    private static func list(_ value: Any?, _ name: String, _ faults: inout [String]) -> [Object] {
        guard let value else { return [] }
        guard let list = value as? [Object], !list.isEmpty else {
            faults.append("\(name) is a list that is not empty")
            return []
        }
        return list
    }

    private static func check(_ value: Any?, _ pattern: String, _ name: String, _ faults: inout [String]) {
        guard let value else { return }
        guard let text = value as? String, text.range(of: pattern, options: .regularExpression) != nil else {
            return faults.append("\(name) is '\(value)'")
        }
    }

    /// No element is null, an empty string, an empty list or an empty object (FHIR R4, "JSON").
    private static func empty(_ value: Any, _ path: String) -> [String] {
        switch value {
        case let object as Object:
            (object.isEmpty ? ["\(path) is empty"] : []) + object.flatMap { empty($0.value, "\(path).\($0.key)") }
        case let items as [Any]: (items.isEmpty ? ["\(path) is empty"] : []) + items.flatMap { empty($0, path) }
        case let text as String: text.isEmpty ? ["\(path) is empty"] : []
        case is NSNull: ["\(path) is null"]
        default: []
        }
    }
}
