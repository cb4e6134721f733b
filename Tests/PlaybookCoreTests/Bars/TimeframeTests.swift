import PlaybookCore
import Testing

@Suite("Timeframes and columns")
struct TimeframeTests {
    @Test("are spelled as in file names")
    func spelling() {
        #expect(Timeframe.minutes(1).description == "1Min")
        #expect(Timeframe.minutes(2).description == "2Min")
        #expect(Timeframe.day.description == "1Day")
        #expect(Timeframe.minutes(2).seconds == 120)
        #expect(Timeframe.day.seconds == 86_400)
    }

    @Test("are read as they are spelled, and nothing else is")
    func text() {
        for text in ["1Min", "2Min", "10Min", "59Min", "390Min", "1Day"] {
            #expect(Timeframe(text)?.description == text)
        }
        for text in [
            "", "Min", "0Min", "-1Min", "+2Min", "02Min", "391Min", "1.5Min", "2min", "2 Min", "2MIN", "1Hour", "2Day",
            "1day", "Day", "2Min ", "٢Min", "99999999999999999999Min",
        ] { #expect(Timeframe(text) == nil, "\(text)") }
    }

    /// Five bars at 0, 10, 20, 30 and 40.
    static let five = (0..<5).map {
        let base = Double($0) * 10
        return Bar(time: Int64($0) * 10, open: base, high: base + 1, low: base + 2, close: base + 3, volume: base + 4)
    }

    @Test("columns find the first bar at a time or later")
    func firstIndex() {
        var columns = BarColumns()
        #expect(columns.firstIndex(at: 5) == 0)
        for bar in Self.five { columns.append(bar) }
        for time in Int64(-5)...50 {
            #expect(columns.firstIndex(at: time) == (Self.five.firstIndex { $0.time >= time } ?? 5), "\(time)")
        }
        #expect(columns.firstIndex(at: .min) == 0 && columns.firstIndex(at: .max) == 5)
    }

    @Test("columns take others in, whole or in part")
    func appending() {
        var other = BarColumns()
        for bar in Self.five { other.append(bar) }
        var columns = BarColumns()
        columns.append(other, 1..<3)
        columns.append(other)
        columns.append(other, 4..<4)
        columns.append(BarColumns())
        #expect((0..<columns.count).map { columns[$0] } == Array(Self.five[1..<3]) + Self.five)
    }

    @Test("columns give back the bars they were filled with, whole or in part")
    func columns() {
        let bars = (0..<5).map { index in
            let base = Double(index) * 10
            return Bar(
                time: Int64(index), open: base + 1, high: base + 2, low: base + 3, close: base + 4, volume: base + 5)
        }
        var columns = BarColumns(capacity: 5)
        #expect(columns.count == 0)
        for bar in bars { columns.append(bar) }
        #expect(columns.count == 5)
        #expect((0..<5).map { columns[$0] } == bars)
        let slice = columns.slice(1..<4)
        #expect((0..<slice.count).map { slice[$0] } == Array(bars[1..<4]))
    }
}
