import PlaybookCore
import Testing

@testable import PlaybookAssembly
@testable import PlaybookReports
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("Which journal")
struct JournalChoiceTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func places(_ flags: [String: String] = [:], _ environment: [String: String] = [:]) throws -> [String] {
        try settings(flags, environment: environment, in: folder).journals().map {
            "\($0.place.writer) \($0.place.location)"
        }
    }

    @Test("a writer is chosen by name, by a place, or both")
    func choice() throws {
        let mongo = ["MONGODB_CONNECTION": "mongodb://u:secret@h1,h2:27018/?replicaSet=rs0"]
        #expect(try places() == ["csv ./output/trades.csv"])
        #expect(try places([:], ["OUTPUT_DIR": "/x"]) == ["csv /x/trades.csv"])
        #expect(try places(["OUTPUT_LOCATION": "./a.csv"]) == ["csv ./a.csv"])
        // What is made of the sample is kept apart, unless a place is named.
        #expect(try places(["DATA_SOURCE": "sample"]) == ["csv ./output/sample-trades.csv"])
        #expect(try places(["DATA_SOURCE": "sample", "OUTPUT_LOCATION": "./a.csv"]) == ["csv ./a.csv"])
        #expect(try places(["DATA_SOURCE": "files", "DATA_DIR": "."]) == ["csv ./output/trades.csv"])
        #expect(try places(["WRITER_TYPE": "gcs"], ["GCS_BUCKET": "data"]) == ["gcs gs://data/output/trades"])
        #expect(try places(["OUTPUT_LOCATION": "gs://data"]) == ["gcs gs://data/output/trades"])
        #expect(try places(["OUTPUT_LOCATION": "gs://data/a/b/"], ["GCS_BUCKET": "data"]) == ["gcs gs://data/a/b"])
        #expect(
            try places(["WRITER_TYPE": "gcs"], ["GCS_BUCKET": "data", "GCS_PREFIX": "x/y"]) == ["gcs gs://data/x/y"])
        #expect(try places(["WRITER_TYPE": "mongodb"], mongo) == ["mongodb mongodb://h1,h2:27018/trading.trades"])
        #expect(
            try places(["WRITER_TYPE": "csv, gcs,mongodb"], mongo.merging(["OUTPUT_LOCATION": "gs://data/p"]) { $1 })
                == ["csv ./output/trades.csv", "gcs gs://data/p", "mongodb mongodb://h1,h2:27018/trading.trades"])
    }

    @Test("the database is the one that is set, else the one in the URI, else trading")
    func database() throws {
        func place(_ uri: String, _ more: [String: String] = [:]) throws -> String? {
            try places([:], more.merging(["WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": uri]) { $1 }).first
        }
        #expect(try place("mongodb://h/") == "mongodb mongodb://h/trading.trades")
        #expect(try place("mongodb://u:p%40%2F@h/desk?w=1") == "mongodb mongodb://h/desk.trades")
        #expect(
            try place("mongodb://h/desk", ["MONGODB_DATABASE": "own", "MONGODB_COLLECTION": "log"])
                == "mongodb mongodb://h/own.log")
        #expect(try places(["OUTPUT_LOCATION": "mongodb://h/desk"]) == ["mongodb mongodb://h/desk.trades"])
    }

    @Test(
        "what contradicts itself names both settings",
        arguments: [
            (["WRITER_TYPE": "csv", "OUTPUT_LOCATION": "gs://data/p"], ["WRITER_TYPE", "OUTPUT_LOCATION"]),
            (["WRITER_TYPE": "gcs,mongodb", "OUTPUT_LOCATION": "a.csv"], ["WRITER_TYPE", "OUTPUT_LOCATION"]),
            (["OUTPUT_LOCATION": "gs://data/p", "GCS_BUCKET": "other"], ["OUTPUT_LOCATION", "GCS_BUCKET"]),
            (["OUTPUT_LOCATION": "gs://data/p", "GCS_PREFIX": "q"], ["OUTPUT_LOCATION", "GCS_PREFIX"]),
            (
                ["OUTPUT_LOCATION": "mongodb://h/a", "MONGODB_CONNECTION": "mongodb://g/a"],
                ["OUTPUT_LOCATION", "MONGODB_CONNECTION"]
            ),
            (
                ["WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": "mongodb://h", "MONGODB_CONNECTION_FILE": "x"],
                ["MONGODB_CONNECTION", "MONGODB_CONNECTION_FILE"]
            ),
        ])
    func contradictions(environment: [String: String], names: [String]) async throws {
        let error = try await playbookError { _ = try places([:], environment) }
        #expect(error.code == .configuration)
        for name in names { #expect(error.facts.words(.log).contains(name), "\(error)") }
    }

    @Test(
        "what cannot be is refused, naming the setting",
        arguments: [
            (["WRITER_TYPE": "bogus"], "WRITER_TYPE"), (["WRITER_TYPE": "csv,csv"], "WRITER_TYPE"),
            (["WRITER_TYPE": "csv,"], "WRITER_TYPE"), (["WRITER_TYPE": "gcs"], "GCS_BUCKET"),
            (["WRITER_TYPE": "gcs", "GCS_BUCKET": "No Bucket"], "GCS_BUCKET"),
            (["WRITER_TYPE": "gcs", "GCS_BUCKET": "data", "GCS_PREFIX": "a/../b"], "GCS_PREFIX"),
            (["WRITER_TYPE": "gcs", "GCS_BUCKET": "data", "GCS_GZIP": "maybe"], "GCS_GZIP"),
            (["WRITER_TYPE": "gcs", "GCS_BUCKET": "data", "GCS_ENDPOINT": "http://example.com"], "GCS_ENDPOINT"),
            (["WRITER_TYPE": "mongodb"], "MONGODB_CONNECTION"),
            (["WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": "http://h"], "MONGODB_CONNECTION"),
            (["OUTPUT_LOCATION": "s3://data/p"], "OUTPUT_LOCATION"),
            (["OUTPUT_LOCATION": "gs://Up/p"], "OUTPUT_LOCATION"),
        ])
    func refusals(environment: [String: String], name: String) async throws {
        let error = try await playbookError { _ = try places([:], environment) }
        #expect(error.code == .configuration)
        #expect(error.facts.words(.log).contains(name), "\(error)")
        #expect(error.nextStep != nil)
    }

    @Test("passwords are refused on the command line and never shown")
    func passwords() async throws {
        let uri = "mongodb://desk:hunter2@h/trading"
        let error = try await playbookError { _ = try places(["OUTPUT_LOCATION": uri]) }
        #expect(error.code == .usage)
        #expect(!"\(error)".contains("hunter2"))
        let inEnvironment = try settings(environment: ["OUTPUT_LOCATION": uri, "MONGODB_CONNECTION": uri], in: folder)
        #expect(!(try SettingsReport(inEnvironment).text(.table)).contains("hunter2"))
        #expect(!(try SettingsReport(inEnvironment).text(.json)).contains("hunter2"))
        #expect(try inEnvironment.journals().map(\.place.location) == ["mongodb://h/trading.trades"])
    }

    @Test("a place that is named whole counts for itself")
    func whole() throws {
        let settings = try settings(
            environment: ["GCS_BUCKET": "data", "GCS_PREFIX": "x", "MONGODB_CONNECTION": "mongodb://h/a"], in: folder)
        #expect(try settings.journal("gcs", flag: "--from").place.location == "gs://data/x")
        #expect(try settings.journal("gs://other/b", flag: "--to").place.location == "gs://other/b")
        #expect(try settings.journal("gs://other", flag: "--to").place.location == "gs://other/output/trades")
        #expect(try settings.journal("mongodb://g/b", flag: "--to").place.location == "mongodb://g/b.trades")
        #expect(try settings.journal("./b.csv", flag: "--to").place.location == "./b.csv")
    }

    @Test("a copy takes every row over, repeated or not, and says what it did")
    func copying() async throws {
        let (first, second) = ("\(folder.path)/a.csv", "\(folder.path)/b.csv")
        let settings = try settings(
            ["OUTPUT_LOCATION": first, "SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample"], in: folder)
        let request = BacktestRequest(dates: .range(try date("2025-10-01"), try date("2025-11-04")))
        let result = try await BacktestJob(request, settings: settings).run()
        #expect(result.exitCode == 0)
        let copy = try JournalCopy(from: "csv", to: second, settings: settings)
        #expect(try await copy.run(JournalSelection(), isDryRun: true).text(.table).contains("would be 50 added"))
        #expect(
            try await copy.run(JournalSelection(symbols: ["SPY"]), isDryRun: false).text(.table).contains("25 added"))
        #expect(
            try await copy.run(JournalSelection(), isDryRun: false).text(.table)
                .contains("25 added, 0 replaced, 25 unchanged"))
        let rows = try await settings.journals()[0].reader.records(JournalSelection())
        #expect(try await settings.journal(second, flag: "--to").reader.records(JournalSelection()) == rows)
        #expect(throws: PlaybookError.self) { try JournalCopy(from: "csv", to: first, settings: settings) }
    }
}
