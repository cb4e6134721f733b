import PlaybookCore
import PlaybookTestSupport
import Testing

@Suite("A neutral text")
struct NeutralTextTests {
    @Test("is worded by each edge in its own way, and in plain words by none")
    func words() {
        let text: NeutralText =
            "Set \(.set(.stampsOfBars, to: "close")), not \(.named(.dateOrder)); \(.run(.checkData)) shows \(2 + 2) files."
        #expect(
            text.words(TestWords())
                == "Set <set stampsOfBars=close>, not <dateOrder>; <run checkData> shows 4 files.")
        #expect(
            "\(text)"
                == "Set which end of a bar stamps tell (close), not the order of dates in files; the check of data shows 4 "
                + "files.")
        #expect(text.topics == [.stampsOfBars, .dateOrder])
    }

    @Test("stays neutral within another one, an error that is known as any error too")
    func nested() {
        let error = PlaybookError(
            .badData, "no \(.named(.grid))", nextStep: "Give \(.set(.grid)).")
        let any: any Error = error
        let outer: NeutralText = "first: \(error.facts); all: \(any)"
        #expect(outer.shown == "first: no <grid>; all: no <grid>\n  Give <set grid>.")
        #expect(error.words(TestWords()) == "no <grid>\n  Give <set grid>.")
    }

    @Test("is one with the same words and references, however it was put together")
    func equality() {
        let text: NeutralText = "a b \(.named(.grid))c"
        #expect(text == NeutralText("a ") + "b " + "\(.named(.grid))" + "c")
        #expect(["a", "\(.named(.grid))"].joined(separator: ", ") as NeutralText == "a, \(.named(.grid))")
        #expect(text != "a b the gridc")
        #expect(NeutralText("").pieces.isEmpty)
    }

    @Test("has parts replaced by neutral ones, and references left alone")
    func replacing() {
        let text: NeutralText = "/tmp/x:1 of /tmp/x, \(.set(.start))"
        #expect(
            text.replacing("/tmp/x", with: "\(.named(.barsQuery))").shown == "<barsQuery>:1 of <barsQuery>, <set start>"
        )
        #expect(text.replacing("", with: "x") == text)
    }

    @Test("is what a remedy is made of")
    func remedies() {
        #expect(Remedy.set(.feed, to: "iex").text.shown == "Set <set feed=iex>.")
        #expect(Remedy.run(.verifyJournal).text.shown == "Run <run verifyJournal>.")
        #expect(Remedy.edit("a.csv", line: 3) == "Correct line 3 of a.csv.")
        #expect(Remedy.edit("a.csv") == "Correct a.csv.")
        #expect(Remedy.all(nil, .set(.end), "Then run again.")?.text.shown == "Set <set end>. Then run again.")
        #expect(Remedy.all(nil, nil) == nil)
    }

    @Test("says in plain words what each setting and each action is, each in its own")
    func plain() {
        #expect(Set(Topic.allCases.map(\.words)).count == Topic.allCases.count)
        #expect(Action.fetchBars(symbol: "QQQ", from: "2024-01-02").words == "fetching bars of QQQ from 2024-01-02 on")
    }
}
