extension ColumnBank {
    /// Computes a node at the bars from `low` to `high`; what it takes is computed there, and as far before as it needs.
    func compute(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let out = states[place].values
        var bar = low
        switch node.operation {
        case .constant, .broadcast:
            let value = node.operation == .constant ? node.x : states[node.a].values[0]
            while bar < high {
                out[bar] = value
                bar += 1
            }
        case .field: break
        case .trueRange: computeTrueRange(node, out, low, high)
        case .clock: computeClock(node, out, low, high)
        case .running: computeRunning(node, out, low, high)
        case .first: computeFirst(node, out, low, high)
        case .session: out[0] = sessionValue(node.code)
        case .prior: out[0] = priorValue(node.code)
        case .negate, .absolute, .round: computeOne(node, out, low, high)
        case .plus, .minus, .times, .divide, .modulo, .minimum, .maximum: computeTwo(node, out, low, high)
        case .choose: computeChoice(node, out, low, high)
        case .before:
            let a = states[node.a].values - node.n
            while bar < high {
                out[bar] = a[bar]
                bar += 1
            }
        case .aged:
            let (a, row) = (states[node.a].values, rows[node.row])
            while bar < high {
                out[bar] = row.isTooOld(bar, node.n) ? .nan : a[bar]
                bar += 1
            }
        case .window: computeWindow(node, out, low, high)
        case .average: computeAverage(place, node, low, high)
        case .superTrend: computeSuperTrend(place, node, low, high)
        case .pivot: computePivot(node, out, low, high)
        case .longer, .truthLonger: computeLonger(place, node, low, high)
        case .daily, .dailyMean: break
        case .sameTime: sameTimes[node.code].compute(in: self, out, low, high)
        case .barsSince: computeBarsSince(place, node, low, high)
        case .asNumber:
            let a = states[node.a]
            while bar < high {
                out[bar] = a.truth(bar).map { $0 ? 1 : 0 } ?? .nan
                bar += 1
            }
        default: computeTruth(place, node, low, high)
        }
    }

    private func computeTrueRange(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let (highs, lows, closes) = (states[node.a].values, states[node.b].values, states[node.c].values)
        let earliest = -rows[node.row].first
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

    private func computeOne(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let a = states[node.a].values
        var bar = low
        switch node.operation {
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
                out[bar] = equality.wholePart(a[bar] / node.x + 0.5) * node.x
                bar += 1
            }
        }
    }

    private func computeTwo(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let (a, b) = (states[node.a].values, states[node.b].values)
        let least = 1e-9 * equality.floor
        var bar = low
        switch node.operation {
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
                    Swift.abs(divisor) <= least ? .nan : a[bar] - divisor * equality.wholePart(a[bar] / divisor)
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

    private func computeChoice(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let (b, c) = (states[node.b].values, states[node.c].values)
        let condition = states[node.a]
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

extension Equality {
    /// Whether two numbers differ by no more than equal numbers may; false when one is unknown.
    @inline(__always)
    func isSame(_ one: Double, _ other: Double) -> Bool {
        Swift.abs(one - other) <= 1e-9 * max(Swift.abs(one), Swift.abs(other), floor)
    }

    /// The whole number at or below `number`; a number equal to a whole number is that one.
    func wholePart(_ number: Double) -> Double {
        let nearest = (number + 0.5).rounded(.down)
        return isSame(number, nearest) ? nearest : number.rounded(.down)
    }
}
