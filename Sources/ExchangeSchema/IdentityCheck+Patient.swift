extension IdentityCheck {
    /// C06 is told number, name and birth date as the facility wrote them, and nothing else (ARCHITECTURE.md,
    /// "Blocks travel as bytes").
    public init(of patient: AdministrativeBlock, recordID: String, revision: UInt32) {
        self.init()
        self.recordID = recordID
        self.revision = revision
        citizenNumber = patient.soCccd
        fullName = patient.hoTen
        birthDate = patient.ngaySinh
    }

    /// C06 is told that a record is taken back, and nothing of the person.
    public init(withdrawing recordID: String, revision: UInt32) {
        self.init()
        self.recordID = recordID
        self.revision = revision
        withdrawn = true
    }
}
