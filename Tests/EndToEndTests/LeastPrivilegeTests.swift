import ExchangeSchema
import Foundation
import ProgramTestSupport
import SwiftProtobuf
import Testing

/// What each party is told, looked at on the wire.
@Suite struct LeastPrivilegeTests {
    @Test func noDiagnosisReachesVSSOrC06() async throws {
        let scenario = TestScenario.everything(records: 200, seed: 81, recordsPerSecond: 5_000)
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(
                in: directory, scenario: try scenario.write(in: directory), records: 200)
            try await exchange.startAll()
            try await exchange.settle()
            let submitted = try await exchange.read(["facility.records"])
                .compactMap { try? FacilityRecord(decoding: $0.value ?? []) }.filter { !$0.recordID.isEmpty }
            let accepted = try await exchange.read(["moh.records"])
            let checks = try await exchange.read(["vss.identity-checks"])
            try await exchange.stopAll()

            #expect(accepted.count > 150 && checks.count > 150)
            try Self.expectChecks(checks)
            try Self.expectAccepted(accepted)
            // Nor as bytes that no field is known for.
            let clinical = Dictionary(submitted.map { ($0.recordID, $0.clinical) }) { first, _ in first }
            for message in accepted + checks {
                let value = Data(message.value ?? [])
                let block = try #require(clinical[message.header("ce_subject") ?? ""])
                #expect(block.count > 20 && value.range(of: block) == nil)
                let diagnosis = try ClinicalBlock(decoding: Array(block)).maBenhChinh
                #expect(diagnosis.count < 3 || !Self.strings(of: value).contains(diagnosis))
            }
        }
    }

    /// Record, revision, number, name, birth date: nothing else, and no header beyond the envelope.
    private static func expectChecks(_ checks: [Traffic]) throws {
        let fields: Set<String> = ["recordId", "revision", "citizenNumber", "fullName", "birthDate"]
        for message in checks {
            let check = try IdentityCheck(decoding: message.value ?? [])
            #expect(check.unknownFields.data.isEmpty)
            let json = try JSONSerialization.jsonObject(with: Data(check.protoJSON.utf8)) as? [String: Any]
            #expect(Set(try #require(json).keys).isSubset(of: fields))
            #expect(Set(message.headers.map(\.name)).isSubset(of: EventHeaders.names))
        }
    }

    /// Who the patient is and what insurance needs: no clinical block.
    private static func expectAccepted(_ records: [Traffic]) throws {
        let fields: Set<String> = [
            "recordId", "revision", "facilityCode", "acceptedAt", "administrative", "insurance",
        ]
        for message in records {
            let record = try AcceptedRecord(decoding: message.value ?? [])
            #expect(record.unknownFields.data.isEmpty)
            let json = try JSONSerialization.jsonObject(with: Data(record.protoJSON.utf8)) as? [String: Any]
            #expect(Set(try #require(json).keys).isSubset(of: fields))
            #expect(try AdministrativeBlock(decoding: Array(record.administrative)).unknownFields.data.isEmpty)
            #expect(try InsuranceBlock(decoding: Array(record.insurance)).unknownFields.data.isEmpty)
            #expect(Set(message.headers.map(\.name)).isSubset(of: EventHeaders.names))
        }
    }

    /// Runs of printable characters, as a reader of the raw bytes would find them.
    private static func strings(of bytes: Data) -> Set<String> {
        Set(
            bytes.split { !(0x30...0x39).contains($0) && !(0x41...0x5A).contains($0) && $0 != 0x2E }
                .map { String(decoding: $0, as: UTF8.self) })
    }
}
