import PlaybookCore
import PlaybookHTTP
import Testing

@testable import PlaybookAssembly
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("Settings")
struct SettingsTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func value(_ name: String, _ settings: Settings) throws -> Settings.Value {
        let wanted = try setting(name)
        return try #require(settings.values.first { $0.setting == wanted })
    }

    @Test("a flag counts before the environment, the environment before the file, the file before the default")
    func precedence() throws {
        let file = try folder.write("some.env", "STRATEGY=from-file\n")
        let environment = ["STRATEGY": "from-environment"]
        let all = try settings(
            ["STRATEGY": "from-flag"], environment: environment, envFile: file, in: folder)
        #expect(try value("STRATEGY", all).value == "from-flag")
        #expect(try value("STRATEGY", all).origin == "command line")
        let noFlag = try settings(environment: environment, envFile: file, in: folder)
        #expect(try value("STRATEGY", noFlag).value == "from-environment")
        #expect(try value("STRATEGY", noFlag).origin == "environment")
        let fileOnly = try settings(envFile: file, in: folder)
        #expect(try value("STRATEGY", fileOnly).value == "from-file")
        #expect(try value("STRATEGY", fileOnly).origin == file)
        let nothing = try settings(in: folder)
        #expect(try value("STRATEGY", nothing).value == "dp20")
        #expect(try value("STRATEGY", nothing).origin == "default")
        #expect(try value("DATA_DIR", nothing).value == nil)
        #expect(try value("DATA_DIR", nothing).origin == "unset")
    }

    @Test("an empty value counts as none, wherever it stands")
    func empty() throws {
        let file = try folder.write("some.env", "STRATEGY=\n")
        let all = try settings(["STRATEGY": ""], environment: ["STRATEGY": ""], envFile: file, in: folder)
        #expect(try value("STRATEGY", all).value == "dp20")
    }

    @Test("an unknown name in the file is an error that names its line and the setting that was meant")
    func unknownInFile() async throws {
        let file = try folder.write("some.env", "# mine\nDATA_DIRR=./data\n")
        let error = try await playbookError { _ = try settings(envFile: file, in: folder) }
        #expect(error.code == .configuration)
        #expect(error.message == "\(file):2: there is no setting DATA_DIRR")
        #expect(error.nextStep == "Did you mean DATA_DIR?")
    }

    @Test("a misspelt environment variable is an error; other programs' variables are not")
    func misspelt() async throws {
        let error = try await playbookError {
            _ = try settings(environment: ["WRITER_TIPE": "csv"], in: folder)
        }
        #expect(error.code == .configuration)
        #expect(error.message == "environment variable WRITER_TIPE is not a setting")
        #expect(error.nextStep == "Did you mean WRITER_TYPE?")
        _ = try settings(environment: ["PATH": "/bin", "EDITOR": "vi", "DATABASE_URL": "x"], in: folder)
    }

    @Test("a settings file that was asked for must exist")
    func missingFile() async throws {
        let error = try await playbookError { _ = try settings(envFile: "\(folder.path)/none.env", in: folder) }
        #expect(error.code == .configuration)
        #expect(error.message.contains("none.env"))
    }

    @Test(
        "a wrong value names its setting, and where it was set",
        arguments: [
            ("DATA_MIN_COMPLETENESS", "1.5"), ("DATA_TIMEZONE", "Mars"), ("DATA_STAMPS", "middle"),
            ("DATA_DATE_ORDER", "ymd"), ("DATA_COLUMNS", "open"), ("DATA_PRICE_SCALE", "3"), ("DATA_SOURCE", "floppy"),
            ("WRITER_TYPE", "paper"), ("SYMBOLS", "QQQ,../x"), ("STRATEGY", "hope"),
        ])
    func wrongValue(name: String, text: String) async throws {
        let ofFiles = ["DATA_TIMEZONE", "DATA_STAMPS", "DATA_DATE_ORDER", "DATA_COLUMNS", "DATA_PRICE_SCALE"]
        let base = ofFiles.contains(name) ? ["DATA_DIR": folder.path] : [:]
        let flag = try await playbookError {
            try settings([name: text].merging(base) { $1 }, in: folder).validate()
        }
        #expect(flag.code == .usage)
        #expect(flag.message.hasPrefix(try #require(setting(name).flag)))
        let variable = try await playbookError {
            try settings(environment: [name: text].merging(base) { $1 }, in: folder).validate()
        }
        #expect(variable.code == .configuration)
        #expect(variable.message.hasPrefix("\(name) (set in environment): "))
        let file = try folder.write("wrong.env", "\(name)=\(text)\n")
        let inFile = try await playbookError {
            try settings(environment: base, envFile: file, in: folder).validate()
        }
        #expect(inFile.message.hasPrefix("\(name) (set in \(file)): "))
    }

    @Test("without a source the error says which there are")
    func noSource() async throws {
        let error = try await playbookError {
            _ = try BacktestJob(
                BacktestRequest(dates: .today), settings: settings(["SYMBOLS": "QQQ"], in: folder))
        }
        #expect(error.code == .configuration)
        #expect(error.remedy?.words(.commandLine).contains("--source sample") == true)
        #expect(error.remedy?.words(.commandLine).contains("--data-dir FOLDER") == true)
    }

    @Test("serve listens on this machine alone unless somebody checks who asks, or an address is chosen")
    func serverAddress() throws {
        func host(_ environment: [String: String]) throws -> String {
            try settings(environment: environment, in: folder).serverAddress().host
        }
        #expect(try host([:]) == "127.0.0.1")
        #expect(try host(["OIDC_AUDIENCE": "https://me.test"]) == "0.0.0.0")
        #expect(try host(["K_SERVICE": "playbook"]) == "0.0.0.0")
        #expect(try host(["CLOUD_RUN_JOB": "playbook", "SERVE_HOST": "10.0.0.1"]) == "10.0.0.1")
        #expect(try host(["OIDC_AUDIENCE": "https://me.test", "SERVE_HOST": "127.0.0.1"]) == "127.0.0.1")
    }

    @Test("serve goes by its own names where no identity is checked")
    func serverNames() throws {
        func names(_ environment: [String: String]) throws -> Set<String>? {
            try settings(environment: environment, in: folder).serverNames()
        }
        #expect(try names([:]) == ["127.0.0.1"])
        #expect(
            try names(["SERVE_NAMES": "Playbook.example, other", "SERVE_HOST": "::"])
                == ["playbook.example", "other", "[::]"])
        #expect(try names(["SERVE_NAMES": "playbook.example", "OIDC_AUDIENCE": "https://me.test"]) == nil)
        #expect(try names(["K_SERVICE": "playbook"]) == nil)
        #expect(throws: PlaybookError.self) { try names(["SERVE_NAMES": "playbook.example:80"]) }
    }

    @Test("serve needs a source and symbols")
    func servable() async throws {
        for environment in [["SYMBOLS": "QQQ"], ["DATA_SOURCE": "sample"], [:]] {
            let error = try await playbookError {
                try settings(environment: environment, in: folder).requireServable()
            }
            #expect(error.code == .configuration)
        }
        try settings(environment: ["SYMBOLS": "QQQ", "DATA_SOURCE": "sample"], in: folder).requireServable()
    }

    @Test("a service that was reached is asked again for two minutes, however often it fails")
    func retries() throws {
        let policy = try settings(in: folder).alpacaRetryPolicy()
        #expect(policy.budget == .seconds(120) && policy.unreachableBudget <= .seconds(15))
        // Waits are half of their bounds on average, and even so the time is over before the attempts are.
        var waits = Duration.zero
        for attempt in 1..<policy.maximumAttempts { waits += policy.delayBound(attempt: attempt) }
        #expect(waits > .seconds(600))
        #expect(
            try settings(environment: ["ALPACA_RETRY_SECONDS": "7"], in: folder).alpacaRetryPolicy().budget
                == .seconds(7))
        for wrong in ["-1", "601", "1.5", "x"] {
            #expect(throws: PlaybookError.self) {
                try settings(environment: ["ALPACA_RETRY_SECONDS": wrong], in: folder).alpacaRetryPolicy()
            }
        }
    }
}
