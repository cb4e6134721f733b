@testable import PlaybookCore
import Testing

@testable import PlaybookReports

@Suite struct SessionChartTests {
    @Test func tradesAreToldByEvents() {
        let part = ExitPart(lots: 20, price: 101, reason: .trailingStop, bar: 9, time: 0)
        let trades = ChartedTrade.all(in: [
            .filter(0, true), .step(setup: 0, step: 0, bar: 2), .ordered(setup: 0, bar: 3),
            .entered(setup: 0, price: 100, lots: 20, stop: 99, bar: 4), .stopMoved(to: 100.5, .trailingStop, bar: 6),
            .exited(part), .traded(0), .entered(setup: 0, price: 102, lots: 20, stop: nil, bar: 12),
        ])
        #expect(trades.count == 2)
        #expect(trades[0].stops.map(\.from) == [4, 7])
        #expect(trades[0].stops.map(\.price) == [99, 100.5])
        #expect(trades[0].exits == [part])
        #expect((trades[1].number, trades[1].bar) == (2, 12))
        #expect(trades[1].stops.isEmpty && trades[1].exits.isEmpty)
    }
}

@Suite struct ChartWordsTests {
    @Test func longTextsGoOnInASecondLine() {
        #expect(SessionChart.lines("a b", most: 10) == ["a b"])
        #expect(SessionChart.lines("one two three", most: 8) == ["one two", "three"])
        #expect(SessionChart.lines("one two three four five", most: 8) == ["one two", "three f…"])
    }

    @Test func reasonsLoseTheNumbersOfTheirDay() {
        #expect(ReportPage.rule("up did not hold: a > b (a = 1, b = 2)") == "up did not hold: a > b")
        #expect(ReportPage.rule("no reversal above the average") == "no reversal above the average")
    }
}
