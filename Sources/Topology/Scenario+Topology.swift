import Vocabulary

extension Scenario {
    /// The topology with which this scenario starts: the given one, with the scenario's signatures.
    ///
    /// - Parameter base: the topology the scenario names, or the shipped one.
    /// - Throws: ``TopologyErrors`` when the scenario names an agreement, party or topic that is not in it, or waits
    ///   for an end that its agreements never allow.
    public func topology(from base: Topology) throws(TopologyErrors) -> Topology {
        let errors = ErrorList(file: locations.root.file)
        var topology = base
        for override in agreements { apply(override, to: &topology, errors) }
        checkSignatures(topology, errors)
        checkHops(topology, errors)
        checkParties(topology, errors)
        try errors.throwIfAny()
        checkEnd(topology, errors)
        try errors.throwIfAny()
        return topology
    }

    private func apply(_ override: AgreementOverride, to topology: inout Topology, _ errors: ErrorList) {
        let path = "agreements.\(override.agreement)"
        guard let index = topology.agreements.firstIndex(where: { $0.name == override.agreement }) else {
            return reportUnknown(override.agreement, path, in: topology, override.location, errors)
        }
        let signatories = topology.agreements[index].signatories
        for party in override.signed where !signatories.contains(party) {
            errors.report(
                override.location, found: "\(path).signed has \(party), which is no signatory",
                expected: Suggestion.oneOf(signatories, for: party, kind: "signatory"))
        }
        topology.agreements[index].signed = signatories.filter(override.signed.contains)
    }

    private func checkSignatures(_ topology: Topology, _ errors: ErrorList) {
        var signed: [String: Set<String>] = [:]
        for (index, signature) in signatures.enumerated() {
            let path = "signatures[\(index)]"
            guard let agreement = topology.agreement(named: signature.agreement) else {
                reportUnknown(signature.agreement, "\(path).agreement", in: topology, signature.location, errors)
                continue
            }
            if !agreement.signatories.contains(signature.party) {
                errors.report(
                    signature.location, found: "\(path).party is \(signature.party), which is no signatory",
                    expected: Suggestion.oneOf(agreement.signatories, for: signature.party, kind: "signatory"))
            } else if !signed[agreement.name, default: Set(agreement.signed)].insert(signature.party).inserted {
                let missing = agreement.missing.isEmpty ? "nobody" : Suggestion.list(agreement.missing)
                errors.report(
                    signature.location, found: "\(path).party is \(signature.party), which has signed already",
                    expected: "a party that has not: \(missing)")
            }
        }
    }

    private func checkHops(_ topology: Topology, _ errors: ErrorList) {
        let names = topology.declaredTopics.map(\.name)
        let kinds = topology.declaredTopics.map(\.carries.name)
        for assertion in assertions {
            for figure in [assertion.left, assertion.right.figureName].compactMap({ $0 }) {
                guard let topic = FigureName.hopTopic(of: figure), !names.contains(topic), !kinds.contains(topic) else {
                    continue
                }
                errors.report(
                    assertion.location, found: "\(figure) names \(topic), which is no topic",
                    expected: Suggestion.oneOf(names, for: topic, kind: "topic"))
            }
        }
    }

    /// Evidence is asked of parties that there are.
    private func checkParties(_ topology: Topology, _ errors: ErrorList) {
        let names = topology.parties.map(\.name)
        func check(_ name: String, _ what: String, _ location: SourceLocation) {
            guard !names.contains(name) else { return }
            errors.report(
                location, found: "\(what) is no party of \(topology.name)",
                expected: Suggestion.oneOf(names, for: name, kind: "party"))
        }
        if let plan = twoHistories { check(plan.party, "twoHistories.party \(plan.party)", plan.location) }
        for root in simulatedRoots { check(root.party, "simulatedRoots.\(root.party)", root.location) }
        for assertion in assertions {
            for figure in [assertion.left, assertion.right.figureName].compactMap({ $0 }) {
                guard let party = FigureName.splitViewParty(of: figure) else { continue }
                check(party, figure, assertion.location)
            }
        }
    }

    /// A run that ends when nothing is pending needs every gate to open.
    private func checkEnd(_ topology: Topology, _ errors: ErrorList) {
        guard endsWhen == .settled else { return }
        for name in Set(topology.topics.compactMap(\.requires)).sorted() {
            guard let agreement = topology.agreement(named: name) else { continue }
            let coming = signatures.filter { $0.agreement == name }.map(\.party)
            let missing = agreement.missing.filter { !coming.contains($0) }
            if !missing.isEmpty {
                errors.report(
                    locations.endsWhen,
                    found: "endsWhen is settled, but \(missing.joined(separator: ", ")) never signs \(name)",
                    expected: "held, or a signature of each")
            }
        }
    }

    private func reportUnknown(
        _ name: String, _ path: String, in topology: Topology, _ location: SourceLocation, _ errors: ErrorList
    ) {
        errors.report(
            location, found: "\(path) is no agreement of \(topology.name)",
            expected: Suggestion.oneOf(topology.agreements.map(\.name), for: name, kind: "agreement"))
    }
}

extension Assertion.Operand {
    /// The figure on the right side, if there is one.
    public var figureName: String? {
        switch self {
        case .number: nil
        case .figure(let name), .product(_, let name): name
        }
    }
}
