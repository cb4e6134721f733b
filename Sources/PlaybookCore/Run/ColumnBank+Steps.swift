// Where the conditions of steps are bits of bars, many bars are looked at in one instruction.
extension ColumnBank {
    /// Whether the steps of a plan's only setup, and its times, allow `findSteps`.
    func hasBits(of plan: CompiledPlan) -> Bool {
        guard plan.isAlone, plan.hasConstantTimes else { return false }
        return (0..<plan.stepCount).allSatisfy { step in
            let (when, quality) = (plan.setups[0].steps[step].when, plan.setups[0].steps[step].quality)
            return isByBar(when) && (quality.isAbsent || isByBar(quality))
        }
    }

    private func isByBar(_ term: Term) -> Bool { term.kind == .truth && !nodes[term.index].isSession }

    /// So many bars have a bit each in eight bytes, whatever bit of the first byte they begin with.
    static let bitsAtOnce = 56

    /// Looks for the bars, among those from `first` to `end`, at which steps hold one after the other, by the rules of
    /// `SessionRun.seekAlone`.
    ///
    /// - Parameter held: the bars at which they hold.
    /// - Returns: whether all of them do.
    @inline(__always)
    func findSteps(
        _ steps: UnsafePointer<BitStep>, _ count: Int, _ first: Int, _ end: Int, _ held: UnsafeMutablePointer<Int32>
    ) -> Bool {
        // The first bar still to be looked at, and the last one at which the step may hold.
        var (place, from, last) = (0, first, Int.max)
        while true {
            let step = steps + place
            let next = firstHeld(step, from, end)
            if next < end, next <= last {
                held[place] = Int32(truncatingIfNeeded: next)
                place &+= 1
                if place == count { return true }
                let within = steps[place].within
                last = within == .max ? .max : next &+ Int(within)
                from = next &+ 1
            } else {
                guard step.pointee.restarts, last < end else { return false }
                (place, from, last) = (0, last &+ 1, .max)
            }
        }
    }

    /// The first of some bars at which a step holds with its quality; `end` for none.
    @inline(__always)
    private func firstHeld(_ step: UnsafePointer<BitStep>, _ from: Int, _ end: Int) -> Int {
        var bar = from
        while bar < end {
            let stop = min(end, bar &+ Self.bitsAtOnce)
            var bits = bits(Int(step.pointee.when), bar, stop)
            if bits != 0, step.pointee.quality >= 0 { bits &= self.bits(Int(step.pointee.quality), bar, stop) }
            if bits != 0 {
                let next = bar &+ bits.trailingZeroBitCount
                if next < stop { return next }
            }
            bar = stop
        }
        return end
    }

    /// Where the condition at a place is true, a bit a bar from `bar` on; those of `end` and later bars say nothing.
    @inline(__always)
    private func bits(_ place: Int, _ bar: Int, _ end: Int) -> UInt64 {
        precondition(place >= 0 && place < nodeCount && bar >= 0 && end <= count, "bars of the session")
        if bar < extents[place].from || end > extents[place].end { fill(place, bar, end) }
        return states[place].bits(bar)
    }
}

/// A step whose conditions are bits of bars.
struct BitStep {
    /// Place of its condition.
    let when: Int32
    /// Place of its quality; -1 without one.
    let quality: Int32
    /// `Int32.max` for any number of bars.
    let within: Int32
    let restarts: Bool

    init(_ step: CompiledStep) {
        when = Int32(truncatingIfNeeded: step.when.index)
        quality = step.quality.isAbsent ? -1 : Int32(truncatingIfNeeded: step.quality.index)
        within = Int32(clamping: step.within)
        restarts = step.restarts
    }
}
