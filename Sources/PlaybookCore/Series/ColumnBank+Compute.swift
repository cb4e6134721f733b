extension ColumnBank {
    /// Computes a node at the bars from `low` to `high`; what it takes is computed there, and as far before as it needs.
    func compute(_ place: Int, _ low: Int, _ high: Int) {
        let node = nodes + place
        let out = states[place].values
        switch node.pointee.operation {
        case .constant: fill(out, low, high, node.pointee.x)
        case .broadcast: fill(out, low, high, states[node.pointee.a].values[0])
        case .field, .daily, .dailyMean: break
        case .session: out[0] = sessionValue(node.pointee.code)
        case .prior: out[0] = priorValue(node.pointee.code)
        case .premarket: out[0] = premarketValue(node.pointee.code)
        case .negate, .absolute, .round: computeOne(node, out, low, high)
        case .plus, .minus, .times, .divide, .modulo, .minimum, .maximum: computeTwo(node, out, low, high)
        case .choose: computeChoice(node, out, low, high)
        case .trueRange: computeTrueRange(node, out, low, high)
        case .shape: computeShape(node, out, low, high)
        case .before, .aged, .asNumber: computeShifted(node, out, low, high)
        case .below, .atMost, .above, .atLeast, .equal, .notEqual: compare(states + place, node, low, high)
        case .not, .and, .or, .truthChoose: combineBits(states + place, node, low, high)
        case .average: computeAverage(place, node.pointee, low, high)
        case .superTrend: computeSuperTrend(place, node.pointee, low, high)
        case .clock: computeClock(node.pointee, out, low, high)
        case .running: computeRunning(node.pointee, out, low, high)
        case .first: computeFirst(node.pointee, out, low, high)
        case .window: computeWindow(node.pointee, out, low, high)
        case .pivot: computePivot(node.pointee, out, low, high)
        case .longer, .truthLonger: computeLonger(place, node.pointee, low, high)
        case .sameTime: sameTimes[node.pointee.code].compute(in: self, out, low, high)
        case .barsSince: computeBarsSince(place, node.pointee, low, high)
        case .truthConstant, .truthBroadcast, .weekday, .truthBefore, .between:
            computeTruth(states + place, node.pointee, low, high)
        }
    }

    @inline(__always)
    private func fill(_ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int, _ value: Double) {
        for bar in low..<high { out[bar] = value }
    }

    @inline(never)
    private func computeShifted(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let (a, n) = (states + node.pointee.a, node.pointee.n)
        switch node.pointee.operation {
        case .before: for bar in low..<high { out[bar] = a.pointee.values[bar - n] }
        case .aged:
            let row = rows + node.pointee.row
            for bar in low..<high { out[bar] = row.pointee.isTooOld(bar, n) ? .nan : a.pointee.values[bar] }
        default: for bar in low..<high { out[bar] = a.pointee.truth(bar).map { $0 ? 1 : 0 } ?? .nan }
        }
    }

    @inline(never)
    private func computeTrueRange(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let (highs, lows, closes) = (
            states[node.pointee.a].values, states[node.pointee.b].values, states[node.pointee.c].values
        )
        let earliest = -rows[node.pointee.row].first
        var bar = low
        while bar < high {
            let before = closes[bar - 1]
            if bar > earliest {
                out[bar] = (highs[bar] > before ? highs[bar] : before) - (lows[bar] < before ? lows[bar] : before)
            } else {
                // NaN before the first bar there is.
                out[bar] = highs[bar] - lows[bar]
            }
            bar += 1
        }
    }

    /// Of high, low and close: their mean, or where the close lies in the range.
    @inline(never)
    private func computeShape(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let (highs, lows) = (states[node.pointee.a].values, states[node.pointee.b].values)
        let closes = states[node.pointee.c].values
        let least = 1e-9 * equality.floor
        switch node.pointee.code {
        case Series.Field.position.rawValue:
            for bar in low..<high {
                let range = highs[bar] - lows[bar]
                out[bar] = Swift.abs(range) <= least ? .nan : (closes[bar] - lows[bar]) / range
            }
        case Series.Field.hlc3.rawValue: for bar in low..<high { out[bar] = (highs[bar] + lows[bar] + closes[bar]) / 3 }
        default: for bar in low..<high { out[bar] = (highs[bar] + lows[bar]) * 0.5 }
        }
    }

    @inline(never)
    private func computeOne(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let a = states[node.pointee.a].values
        var bar = low
        switch node.pointee.operation {
        case .negate:
            while bar < high {
                out[bar] = -a[bar]
                bar += 1
            }
        case .absolute:
            while bar < high {
                out[bar] = Swift.abs(a[bar])
                bar += 1
            }
        default:
            while bar < high {
                out[bar] = equality.floor(a[bar] / node.pointee.x + 0.5) * node.pointee.x
                bar += 1
            }
        }
    }

    @inline(never)
    private func computeTwo(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let (a, b) = (states[node.pointee.a].values, states[node.pointee.b].values)
        let least = 1e-9 * equality.floor
        var bar = low
        switch node.pointee.operation {
        case .plus:
            while bar < high {
                out[bar] = a[bar] + b[bar]
                bar += 1
            }
        case .minus:
            while bar < high {
                out[bar] = a[bar] - b[bar]
                bar += 1
            }
        case .times:
            while bar < high {
                out[bar] = a[bar] * b[bar]
                bar += 1
            }
        case .divide:
            while bar < high {
                out[bar] = Swift.abs(b[bar]) <= least ? .nan : a[bar] / b[bar]
                bar += 1
            }
        case .modulo:
            while bar < high {
                let divisor = b[bar]
                out[bar] =
                    Swift.abs(divisor) <= least ? .nan : a[bar] - divisor * equality.floor(a[bar] / divisor)
                bar += 1
            }
        case .minimum:
            while bar < high {
                let (one, other) = (a[bar], b[bar])
                out[bar] = one.isNaN || other.isNaN ? .nan : other < one ? other : one
                bar += 1
            }
        default:
            while bar < high {
                let (one, other) = (a[bar], b[bar])
                out[bar] = one.isNaN || other.isNaN ? .nan : other > one ? other : one
                bar += 1
            }
        }
    }

    @inline(never)
    private func computeChoice(
        _ node: UnsafeMutablePointer<ColumnNode>, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int
    ) {
        let (b, c) = (states[node.pointee.b].values, states[node.pointee.c].values)
        let condition = states[node.pointee.a]
        var bar = low
        while bar < high {
            out[bar] =
                switch condition.truth(bar) {
                case nil: .nan
                case true?: b[bar]
                case false?: c[bar]
                }
            bar += 1
        }
    }
}
