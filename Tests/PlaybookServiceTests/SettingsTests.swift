import PlaybookCore
import PlaybookService
import Testing

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
        #expect(error.nextStep?.contains("--source sample") == true)
        #expect(error.nextStep?.contains("--source files") == true)
    }
}
