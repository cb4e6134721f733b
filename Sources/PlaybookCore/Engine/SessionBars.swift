/// A session's hours and its bars, all of which have closed.
struct SessionBars {
    /// The session's place in the history's `slices`.
    let slice: Int
    let count: Int
    let hours: SessionHours
    let bars: ClosedBars

    @inline(__always)
    init(_ slice: Int, _ source: ColumnSource, _ secondsPerBar: Int64) {
        let place = source.slices + slice
        self.slice = slice
        count = place.pointee.bars.count
        hours = SessionHours(place)
        bars = ClosedBars(
            source.pointers, first: place.pointee.bars.lowerBound, count: count, hours: hours,
            secondsPerBar: secondsPerBar, isComplete: count == place.pointee.clockBars, quiet: source.quiet)
    }
}

extension UnsafeMutablePointer<SessionBars> {
    /// Where the bars lie.
    @inline(__always)
    var bars: UnsafePointer<ClosedBars> {
        UnsafeRawPointer(self).advanced(by: MemoryLayout<SessionBars>.offset(of: \SessionBars.bars) ?? 0)
            .assumingMemoryBound(to: ClosedBars.self)
    }
}

extension UnsafePointer<SessionBars> {
    /// Where the hours lie.
    @inline(__always)
    var hours: UnsafePointer<SessionHours> {
        UnsafeRawPointer(self).advanced(by: MemoryLayout<SessionBars>.offset(of: \SessionBars.hours) ?? 0)
            .assumingMemoryBound(to: SessionHours.self)
    }
}

/// The sessions of some slices that have bars, at an address of their own.
struct SessionBarList {
    let first: UnsafeMutablePointer<SessionBars>
    private(set) var count = 0

    init(_ slices: Range<Int>, _ source: ColumnSource, _ secondsPerBar: Int64) {
        first = .allocate(capacity: max(1, slices.count))
        for slice in slices where !source.slices[slice].bars.isEmpty {
            (first + count).initialize(to: SessionBars(slice, source, secondsPerBar))
            count += 1
        }
    }

    func deallocate() { first.deallocate() }
}
