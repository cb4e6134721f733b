import PlaybookCore
import Testing

@Suite("Bar validator")
struct BarValidatorTests {
    static let time: Int64 = 1_381_152_600  // 2013-10-07T13:30:00Z

    static func bar(
        at minutes: Int64 = 0, open: Double = 100, high: Double = 101, low: Double = 99, close: Double = 100.5,
        volume: Double = 10
    ) -> Bar {
        Bar(time: time + minutes * 60, open: open, high: high, low: low, close: close, volume: volume)
    }

    @Test("accepts bars that make sense, also without range or volume")
    func sound() {
        var validator = BarValidator()
        #expect(validator.defect(in: Self.bar()) == nil)
        #expect(validator.defect(in: Self.bar(at: 2, open: 100, high: 100, low: 100, close: 100, volume: 0)) == nil)
        #expect(validator.defect(in: Self.bar(at: 4, open: 99, high: 101, low: 99, close: 101)) == nil)
        #expect(validator.defect(in: Self.bar(at: 6, open: 101, high: 101, low: 99, close: 99)) == nil)
    }

    @Test("refuses a second bar at the same time, whatever else it holds")
    func duplicate() {
        var validator = BarValidator()
        #expect(validator.defect(in: Self.bar()) == nil)
        let defect = validator.defect(in: Self.bar(open: .nan))
        #expect(defect == .duplicate(Instant(secondsSinceEpoch: Self.time)))
        #expect(defect?.description == "a second bar at 2013-10-07T13:30:00Z")
    }

    @Test("refuses a bar that is earlier than the one before it")
    func outOfOrder() {
        var validator = BarValidator()
        #expect(validator.defect(in: Self.bar(at: 2)) == nil)
        let defect = validator.defect(in: Self.bar(at: 0))
        let (time, last) = (Self.time, Self.time + 120)
        #expect(
            defect == .outOfOrder(Instant(secondsSinceEpoch: time), after: Instant(secondsSinceEpoch: last)))
        #expect(
            defect?.description
                == "bar 2013-10-07T13:30:00Z comes after 2013-10-07T13:32:00Z: bars must be in ascending order")
    }

    @Test(
        "refuses prices and volumes that are no finite numbers",
        arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func notFinite(value: Double) {
        let bars = [
            ("open", Self.bar(open: value)), ("high", Self.bar(high: value)), ("low", Self.bar(low: value)),
            ("close", Self.bar(close: value)), ("volume", Self.bar(volume: value)),
        ]
        for (column, bar) in bars {
            var validator = BarValidator()
            let defect = validator.defect(in: bar)
            #expect(defect == .notFinite(column: column))
            #expect(defect?.description == "\(column) is not a finite number")
        }
    }

    @Test("refuses prices of zero and below", arguments: [0, -0.0, -1, -1e-300])
    func notPositive(value: Double) {
        let bars = [
            ("open", Self.bar(open: value)), ("high", Self.bar(high: value)), ("low", Self.bar(low: value)),
            ("close", Self.bar(close: value)),
        ]
        for (column, bar) in bars {
            var validator = BarValidator()
            let defect = validator.defect(in: bar)
            #expect(defect == .notPositive(column: column, value: value))
            #expect(defect?.description == "\(column) is \(value): a price must be above 0")
        }
    }

    @Test("refuses prices above a billion, and takes a billion")
    func tooHigh() {
        let most = BarValidator.highestPrice
        #expect(most == 1e9)
        var validator = BarValidator()
        #expect(validator.defect(in: Self.bar(open: most, high: most, low: most, close: most)) == nil)
        let defect = validator.defect(in: Self.bar(at: 2, high: most.nextUp))
        #expect(defect == .tooHigh(column: "high", value: most.nextUp))
        #expect(
            validator.defect(in: Self.bar(at: 2, open: 2e9, high: 3e9, low: 1, close: 2))?.description
                == "open is 2000000000.0: a price is at most 1000000000.0")
    }

    @Test("refuses a negative volume")
    func negativeVolume() {
        var validator = BarValidator()
        let defect = validator.defect(in: Self.bar(volume: -1))
        #expect(defect == .negativeVolume(-1))
        #expect(defect?.description == "volume is -1.0: it cannot be negative")
    }

    @Test("refuses a high below the low")
    func highBelowLow() {
        var validator = BarValidator()
        let defect = validator.defect(in: Self.bar(high: 98, low: 99))
        #expect(defect == .highBelowLow(high: 98, low: 99))
        #expect(defect?.description == "high 98.0 is below low 99.0")
    }

    @Test(
        "refuses an open or a close outside the range",
        arguments: [
            ("open", 101.01, bar(open: 101.01)), ("open", 98.99, bar(open: 98.99)),
            ("close", 101.01, bar(close: 101.01)), ("close", 98.99, bar(close: 98.99)),
        ])
    func outsideRange(column: String, value: Double, bar: Bar) {
        var validator = BarValidator()
        let defect = validator.defect(in: bar)
        #expect(defect == .outsideRange(column: column, value: value, low: 99, high: 101))
        #expect(
            defect?.description == "\(column) \(value) lies outside the bar's range, low 99.0 to high 101.0")
    }

    @Test("refuses a close more than ten times the one before it within an hour, or less than a tenth of it")
    func absurdJump() {
        func second(close: Double, afterMinutes minutes: Int64) -> BarDefect? {
            var validator = BarValidator()
            #expect(validator.defect(in: Self.bar(open: 100, close: 100)) == nil)
            return validator.defect(
                in: Self.bar(at: minutes, open: close, high: close, low: close, close: close))
        }
        #expect(second(close: 1000, afterMinutes: 2) == nil)
        #expect(second(close: 1000.5, afterMinutes: 2) == .absurdJump(from: 100, to: 1000.5))
        #expect(second(close: 10, afterMinutes: 2) == nil)
        #expect(second(close: 9.99, afterMinutes: 2) == .absurdJump(from: 100, to: 9.99))
        #expect(second(close: 1000.5, afterMinutes: 60) == .absurdJump(from: 100, to: 1000.5))
        // Further apart lies a session's end, where a split can do this.
        #expect(second(close: 1000.5, afterMinutes: 61) == nil)
        #expect(second(close: 9.99, afterMinutes: 61) == nil)
        #expect(
            second(close: 9.99, afterMinutes: 2)?.description
                == "close goes from 100.0 to 9.99 within a session: more than a factor of 10 is a bad tick, not a move")
    }

    @Test("does not remember a bar that it refused")
    func refusedBarsLeaveNoTrace() {
        var validator = BarValidator()
        #expect(validator.defect(in: Self.bar()) == nil)
        #expect(validator.defect(in: Self.bar(at: 10, high: .nan)) != nil)
        #expect(validator.defect(in: Self.bar(at: 12, open: 5000, high: 5000, low: 5000, close: 5000)) != nil)
        #expect(validator.defect(in: Self.bar(at: 2)) == nil)
        #expect(validator.defect(in: Self.bar(at: 4)) == nil)
    }

    @Test("says the same of columns, wherever they are cut")
    func columns() {
        var sound = BarColumns()
        for index in 0..<6 { sound.append(Self.bar(at: Int64(index) * 2, close: 100 + Double(index) / 8)) }
        let wrong: [(inout BarColumns) -> Void] = [
            { $0.open[3] = 98 }, { $0.open[3] = 102 }, { $0.close[3] = 98 }, { $0.close[3] = 102 }, { $0.low[3] = 0 },
            { $0.high[3] = 2e9 }, { $0.high[3] = .nan }, { $0.low[3] = .nan }, { $0.open[3] = .nan },
            { $0.volume[3] = -1 }, { $0.volume[3] = .nan }, { $0.volume[3] = .infinity },
            { $0.times[3] = $0.times[2] }, { $0.times[3] = $0.times[1] },
            { bars in
                for index in 3..<6 {
                    (bars.open[index], bars.high[index], bars.low[index], bars.close[index]) = (1, 1, 1, 1)
                }
            },
        ]
        for end in 0...6 { #expect(sound.isSound(0..<end)) }
        for (number, change) in wrong.enumerated() {
            var bars = sound
            change(&bars)
            var validator = BarValidator()
            let first = (0..<6).first { validator.defect(in: bars[$0]) != nil }
            #expect(first == 3, "\(number)")
            for start in 0...3 {
                #expect(bars.isSound(start..<3), "\(number)")
                #expect(!bars.isSound(start..<4), "\(number) from \(start)")
            }
        }
    }
}
