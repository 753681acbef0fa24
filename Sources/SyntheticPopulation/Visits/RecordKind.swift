/// What a record of the population is.
public enum RecordKind: Sendable, Hashable {
    /// A visit.
    case visit
    /// A vaccination.
    case vaccination
    /// A health check.
    case healthCheck
}

extension SyntheticPopulation {
    /// What the record is. Each kind has draws of its own, so that where none of it is asked for, nothing else changes.
    func kind(_ visit: UInt64) -> RecordKind {
        if happens(.vaccination, visit, configuration.vaccinationPartsPerMillion) { return .vaccination }
        if happens(.healthCheck, visit, configuration.healthCheckPartsPerMillion) { return .healthCheck }
        return .visit
    }

    private func happens(_ stream: DrawStream, _ visit: UInt64, _ partsPerMillion: UInt64) -> Bool {
        guard partsPerMillion > 0 else { return false }
        var draws = Draws(seed: configuration.seed, stream, visit)
        return draws.happens(partsPerMillion: partsPerMillion)
    }
}
