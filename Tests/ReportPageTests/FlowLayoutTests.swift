import Foundation
import Testing
import Topology
import Vocabulary

@testable import ReportPage

/// The picture of the flow follows the route.
@Suite struct FlowLayoutTests {
    private func layout(_ file: String) throws -> FlowLayout {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("topology")
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        return FlowLayout(try Topology.parse(text, fileName: file))
    }

    @Test(arguments: ["2024-04.yaml", "2026-07.yaml"]) func everyPartyHasABoxOfItsOwn(file: String) throws {
        let boxes = try layout(file).boxes
        #expect(Set(boxes.keys) == Set(PartyRole.allCases))
        let all = Array(boxes.values)
        for (place, box) in all.enumerated() {
            #expect(box.x >= 0 && box.right <= 1_000 && box.y >= 0 && box.bottom <= FlowLayout.height)
            for other in all[(place + 1)...] {
                #expect(
                    box.right < other.x || other.right < box.x || box.bottom < other.y || other.bottom < box.y,
                    "\(box) \(other)")
            }
        }
    }

    @Test(arguments: ["2024-04.yaml", "2026-07.yaml"]) func everyArrowLeadsFromEdgeToEdge(file: String) throws {
        let layout = try layout(file)
        for arrow in layout.arrows {
            let reader = try #require(layout.boxes[arrow.reader])
            let isLevel = arrow.from.y == arrow.to.y
            #expect(isLevel != (arrow.from.x == arrow.to.x), "\(arrow)")
            if isLevel {
                #expect((reader.y...reader.bottom).contains(arrow.to.y) && abs(arrow.to.x - arrow.from.x) > 100)
            } else {
                #expect((reader.x...reader.right).contains(arrow.to.x) && abs(arrow.to.y - arrow.from.y) > 60)
            }
        }
        // Words of arrows between the same boxes do not lie over each other.
        let level = layout.arrows.filter { $0.from.y == $0.to.y }
        for (place, arrow) in level.enumerated() {
            for other in level[(place + 1)...] where other.words.x == arrow.words.x {
                #expect(abs(other.words.y - arrow.words.y) >= 60, "\(arrow) \(other)")
            }
        }
    }

    /// Figures of a topic with two writers are those of both, and stand once.
    @Test func whatSeveralSendHasItsFiguresOnce() throws {
        let arrows = try layout("2026-07.yaml").arrows
        #expect(arrows.filter { $0.kind == .correction }.map(\.hasWords) == [false, true])
        #expect(arrows.first { $0.kind == .facilityRecord }?.reader == .vss)
        #expect(arrows.first { $0.kind == .assessedRecord }?.reader == .moh)
        #expect(arrows.count == 10 && arrows.filter(\.hasWords).count == 9)
        let earlier = try layout("2024-04.yaml").arrows
        #expect(earlier.count == 10 && earlier.allSatisfy(\.hasWords))
    }
}
