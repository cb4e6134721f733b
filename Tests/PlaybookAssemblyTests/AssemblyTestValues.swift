import Foundation
import PlaybookCore
import PlaybookSettings
import Testing

/// A folder that is removed with the test.
final class ScratchFolder {
    let path = NSTemporaryDirectory() + "playbook-service-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}

/// The setting called `name`.
func setting(_ name: String) throws -> Setting { try #require(Setting.all.first { $0.name == name }) }

/// Settings without a `.env` file but the one at `envFile`.
func settings(
    _ flags: [String: String] = [:], environment: [String: String] = [:], envFile: String? = nil,
    in folder: ScratchFolder
) throws -> Settings {
    var values: [Setting: String] = [:]
    for (name, value) in flags { values[try setting(name)] = value }
    let file = try envFile ?? folder.write("empty.env", "")
    return try Settings(flags: values, environment: environment, envFile: file)
}

/// The `PlaybookError` that `body` throws.
func playbookError(_ body: () async throws -> Void) async throws -> PlaybookError {
    do {
        try await body()
    } catch let error as PlaybookError {
        return error
    }
    Issue.record("no error was thrown")
    throw CancellationError()
}

func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }
