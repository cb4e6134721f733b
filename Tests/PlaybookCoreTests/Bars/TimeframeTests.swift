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
