import Foundation

/// A Python server as a process of its own, which ends when its input does: at the latest with the test process, however
/// that ends.
public final class PythonServer: Sendable {
    /// Whether `.venv` is there; `.ci/install test` makes it.
    public static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// What a module in `Tests/Reference` prints.
    public static func printed(byReference module: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.currentDirectoryURL = URL(fileURLWithPath: "\(root)/Tests/Reference")
        process.arguments = ["-m", module] + arguments
        let output = Pipe()
        process.standardOutput = output
        let bytes = try process.runToEnd { output.fileHandleForReading.readDataToEndOfFile() }
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(module) ended with \(process.terminationStatus)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a suite that needs a server says when it is skipped.
    public static let notice = "needs .venv: run .ci/install test"

    /// The first lines of its output, which say where it listens.
    public let lines: [String]

    private let process: Process
    private let input: FileHandle

    /// Starts `script`, a path from the folder `Tests`, and waits until it has printed `count` lines.
    public init(script: String, arguments: [String] = [], lines count: Int = 1) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = ["\(Self.root)/Tests/\(script)"] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        self.input = input.fileHandleForWriting
        lines = await Self.lines(count, from: output.fileHandleForReading)
        guard lines.count == count else { throw Failure(description: "\(script) ended before it listened") }
    }

    // Without its input the server ends; nobody needs to wait for it.
    deinit { try? input.close() }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static let python = "\(root)/.venv/bin/python"

    /// The first `count` lines, or fewer if there are no more.
    private static func lines(_ count: Int, from output: FileHandle) async -> [String] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var text: [UInt8] = []
                while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
                    let more = output.availableData
                    if more.isEmpty { break }
                    text += more
                }
                continuation.resume(
                    returning: text.split(separator: UInt8(ascii: "\n")).prefix(count).map {
                        String(decoding: $0, as: UTF8.self)
                    })
            }
        }
    }

    /// Why there is no server.
    private struct Failure: Error, CustomStringConvertible { let description: String }
}
