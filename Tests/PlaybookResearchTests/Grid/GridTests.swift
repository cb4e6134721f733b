import PlaybookCore
import PlaybookResearch
import Testing

@Suite("Grid")
struct GridTests {
    let parameters = PlaybookResearchTests.parameters(of: "dp20")

    func axis(_ text: String) throws -> GridAxis { try GridAxis(text, of: parameters, in: .xnys) }

    @Test("ranges are exact, lists stay in their order, all kinds of values are understood")
    func axes() throws {
        #expect(try axis("stop-atr=0.8:2.0:0.1").values.count == 13)
        #expect(try axis("stop-atr=0.8:1.2:0.1").values == ["0.8", "0.9", "1", "1.1", "1.2"])
        #expect(try axis("stop-atr=0.8:1.05:0.1").values == ["0.8", "0.9", "1"])
        #expect(try axis("ema-period=10:30:10").values == ["10", "20", "30"])
        #expect(try axis("window-end=10:30,10:45,11:00").values == ["10:30", "10:45", "11:00"])
        #expect(try axis("window-end=10:30").values == ["10:30"])
        #expect(try axis("window-end=10:30:11:30:30m").values == ["10:30", "11:00", "11:30"])
        let range = try GridAxis(
            "range=10m:30m:10m", of: PlaybookResearchTests.parameters(of: "opening-range"), in: .xnys)
        #expect(range.values == ["10m", "20m", "30m"])
    }

    @Test(
        "what cannot be understood is refused",
        arguments: [
            "stop-atr", "stop-atr=", "stop=1", "stop-atr=1,1.0", "stop-atr=2:1:0.1", "stop-atr=1:2:0", "stop-atr=x",
            "window-end=10:30,9", "ema-period=1.5:2:0.5", "stop-atr=0:1:0.5", "stop-atr=1:2:0.0000000001",
        ])
    func refused(text: String) throws {
        let error = #expect(throws: PlaybookError.self) { try axis(text) }
        #expect(error?.code == .usage)
        #expect(error?.remedy != nil)
    }

    @Test("a length of time without its unit is told so")
    func unit() {
        let error = #expect(throws: PlaybookError.self) {
            try GridAxis("range=15,30", of: PlaybookResearchTests.parameters(of: "opening-range"), in: .xnys)
        }
        #expect(error?.remedy?.text == "Write the unit too, such as 15m.")
    }

    func grid(
        _ texts: [String], _ conditions: [String] = [], sample: Int? = nil, seed: UInt64 = 1,
        fixed: [String: String] = [:]
    ) throws -> Grid {
        try Grid(
            axes: texts.map(axis), fixed: fixed,
            conditions: conditions.map { try GridCondition($0, of: parameters, in: .xnys) }, sample: sample,
            seed: seed, of: parameters, in: .xnys)
    }

    @Test("the last axis changes fastest")
    func order() throws {
        let grid = try grid(["ema-period=10,20", "stop-atr=1,2,3"])
        #expect(grid.count == 6)
        #expect(
            (0..<6).map { grid.values(of: $0).joined(separator: " ") } == [
                "10 1", "10 2", "10 3", "20 1", "20 2", "20 3",
            ])
        #expect(grid.overrides(of: 4) == ["ema-period": "20", "stop-atr": "2"])
    }

    @Test("conditions leave combinations out, also against defaults and values")
    func conditions() throws {
        let times = ["window-start=10:00,10:30,11:00", "window-end=10:00,10:30,11:00"]
        let before = try grid(times, ["window-start < window-end"])
        #expect(before.count == 3)
        #expect(before.leftOut == 6)
        // Against the default of 10:30.
        #expect(try grid([times[0]], ["window-start <= window-end"]).count == 2)
        #expect(try grid([times[0]], ["window-start<=window-end"], fixed: ["window-end": "10:15"]).count == 1)
        #expect(try grid(times, ["window-start < window-end and window-end == 11:00"]).count == 2)
        #expect(throws: PlaybookError.self) { try grid(times, ["window-start > window-end and window-end > 11:00"]) }
        #expect(throws: PlaybookError.self) { try grid(times, ["window-start < stop-atr"]) }
        #expect(throws: PlaybookError.self) { try grid(times, ["window-start"]) }
        #expect(throws: PlaybookError.self) { try grid(times, ["10:00 < 11:00"]) }
    }

    @Test("a sample is drawn without doubles, the same for the same seed, in the order of the grid")
    func sample() throws {
        let axes = ["ema-period=1:100:1", "atr-period=1:100:1"]
        let one = try grid(axes, sample: 500, seed: 7)
        #expect(one.combinations.count == 500)
        #expect(Set(one.combinations).count == 500)
        #expect(one.combinations == one.combinations.sorted())
        #expect(try grid(axes, sample: 500, seed: 7).combinations == one.combinations)
        #expect(try grid(axes, sample: 500, seed: 8).combinations != one.combinations)
        #expect(try grid(["ema-period=1:9:1"], sample: 500).count == 9)
    }

    @Test("contradictions are refused")
    func contradictions() throws {
        #expect(throws: PlaybookError.self) { try grid(["stop-atr=1,2"], fixed: ["stop-atr": "1"]) }
        #expect(throws: PlaybookError.self) { try grid(["stop-atr=1,2", "stop-atr=3"]) }
        #expect(throws: PlaybookError.self) {
            try grid(["ema-period=1:1000:1", "atr-period=1:1000:1", "trend-period=1:1000:1"])
        }
    }
}
