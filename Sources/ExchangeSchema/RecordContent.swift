/// What a record is about. Which it is, its clinical block says: a vaccination or a health check stands in place of a diagnosis.
public enum RecordContent: Sendable, Equatable {
    /// A visit, by the blocks of Decision 130.
    case visit
    /// One dose of one vaccine.
    case vaccination(Vaccination)
    /// A health check.
    case healthCheck(HealthCheck)

    /// What the block of a record says.
    public init(_ clinical: ClinicalBlock) {
        if clinical.hasVaccination {
            self = .vaccination(clinical.vaccination)
        } else if clinical.hasHealthCheck {
            self = .healthCheck(clinical.healthCheck)
        } else {
            self = .visit
        }
    }

    /// The field that says when it was, and its value; nil of a visit, whose times the insurance block has.
    public var time: (field: String, value: String)? {
        switch self {
        case .visit: nil
        case .vaccination(let vaccination): ("NGAY_TIEM", vaccination.ngayTiem)
        case .healthCheck(let check): ("NGAY_VAO", check.ngayVao)
        }
    }
}

extension HealthCheck {
    /// The conclusion in codes of ICD-10, joined by `;`, by whichever of the two forms has one: XML12, or XML8 of children.
    public var diseases: String { xml12KetLuanBenh.isEmpty ? xml8KetLuanBenh : xml12KetLuanBenh }
}
