import NIOCore

/// What the files of a partition still have, gone over from their beginning to their end.
public struct PartitionSurvey: Sendable, Equatable {
    /// Records that the files should have and do not.
    public struct Gap: Sendable, Equatable {
        /// The first offset that cannot be read.
        public var first: Int64
        /// The first offset behind that can; nil where nothing sound stands behind.
        public var next: Int64?
        /// Which file, which byte, and what is wrong.
        public var text: String
    }

    /// The first offset that is given out: what lay before was deleted, by rule or by order.
    public var start: Int64 = 0
    /// The offset behind the last sound record.
    public var end: Int64 = 0
    /// In the order of their offsets.
    public var gaps: [Gap] = []
}

extension RecordedPartition {
    /// Hands over all sound records in their order, also those that stand behind a damaged place, where a broker stops. All
    /// checksums are computed.
    /// - Throws: ``BrokerError`` when a file cannot be read.
    public func survey(_ body: (Record) -> Void) throws(BrokerError) -> PartitionSurvey {
        do throws(StorageError) {
            var survey = PartitionSurvey()
            survey.start = try StartOffset.load(from: directory)
            let bases = try SegmentRecovery.bases(in: directory)
            survey.end = bases.first ?? 0
            survey.start = max(survey.start, survey.end)
            for base in bases {
                if base != survey.end { survey.note(before: base, in: directory) }
                try take(base: base, &survey, body)
            }
            return survey
        } catch {
            throw BrokerError(error)
        }
    }

    private func take(base: Int64, _ survey: inout PartitionSurvey, _ body: (Record) -> Void) throws(StorageError) {
        let path = Segment(baseOffset: base, directory: directory, quota: nil).logPath
        let file = try StorageFile(reading: path)
        let size = try file.size()
        guard size > 0 else {
            survey.end = base
            return
        }
        let found = try unsafe file.withMapping(size: size) { bytes in unsafe Self.walk(bytes, base: base, path, body) }
        survey.end = found.end
        survey.gaps += found.gaps
    }

    /// From one damaged place of a segment to the next.
    private static func walk(
        _ bytes: UnsafeRawBufferPointer, base: Int64, _ path: String, _ body: (Record) -> Void
    ) -> PartitionSurvey {
        var found = PartitionSurvey(end: base)
        var position = 0
        while position < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
            var at = 0
            let scan = unsafe SegmentScan(rest, baseOffset: found.end, verifyFrom: 0) { header in
                let batch = unsafe UnsafeRawBufferPointer(rebasing: rest[at...].prefix(header.totalSize))
                let packed = unsafe ByteBuffer(bytes: batch.dropFirst(BatchHeader.size))
                if !unpack(packed, header, body) {
                    found.gaps.append(
                        PartitionSurvey.Gap(
                            first: header.baseOffset, next: header.lastOffset + 1,
                            text: "\(path), byte \(position + at): a batch that cannot be unpacked"))
                }
                at += header.totalSize
            }
            found.end = scan.nextOffset
            guard let damage = scan.damage else { break }
            let sound = unsafe SegmentScan.soundBatch(in: rest, behind: scan.validSize, from: scan.nextOffset)
            found.gaps.append(
                PartitionSurvey.Gap(
                    first: scan.nextOffset, next: sound?.offset,
                    text: "\(path), byte \(position + scan.validSize): \(damage)")
            )
            guard let sound else { break }
            position += sound.position
            found.end = sound.offset
        }
        return found
    }
}

extension PartitionSurvey {
    /// A segment begins behind the end of the one before.
    fileprivate mutating func note(before base: Int64, in directory: String) {
        if let last = gaps.indices.last, gaps[last].next == nil {
            gaps[last].next = base
        } else if base > end {
            let aside = SegmentRecovery.setAsidePath(directory, before: base)
            gaps.append(
                Gap(
                    first: end, next: base,
                    text: FileTree.exists(aside)
                        ? "they were damaged, and set aside in \(aside)" : "no file of \(directory) has them"))
        }
        end = base
    }
}
