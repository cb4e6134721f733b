import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("Reading a bar file that may hold anything")
struct CSVFuzzTests {
    private let file: BarText

    init() throws { file = try BarText() }

    @Test("ends in bars or in an error that names file and line, for random bytes")
    func randomBytes() async throws {
        var random = SeededGenerator(seed: 11)
        for number in 0..<400 {
            let count = Int.random(in: 0...400, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Half of them get past the header.
            if number % 2 == 0 { bytes = Array((BarText.header + "\n").utf8) + bytes }
            try await check(bytes, "random bytes, case \(number)")
        }
    }

    @Test("ends in bars or in an error that names file and line, for texts of the usual characters")
    func randomText() async throws {
        var random = SeededGenerator(seed: 12)
        let alphabet = Array("0123456789.,,,;\t\"-+:TZ eEnaif\n\n\r".utf8)
        for number in 0..<400 {
            let count = Int.random(in: 0...300, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            try await check(Array((BarText.header + "\n").utf8) + bytes, "random text, case \(number)")
        }
    }

    @Test("ends in bars or in an error that names file and line, for damaged files", arguments: 1...4)
    func damagedFiles(seed: UInt64) async throws {
        var damage = Damage(seed: seed)
        var survivors = 0
        for number in 0..<400 {
            let (bytes, name) = damage.next()
            if try await check(bytes, "seed \(seed), case \(number), \(name)") { survivors += 1 }
        }
        // Both ways of ending must be seen, or the cases are no good.
        #expect((8..<392).contains(survivors))
    }

    /// Checks what is read from `bytes`; whether they were read without an error.
    @discardableResult
    private func check(_ bytes: [UInt8], _ name: String) async throws -> Bool {
        let path = try file.folder.write("QQQ_2Min.csv", bytes)
        let lineCount = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
        let log = DefectLog()
        let strict = await read(path) { throw $0 }
        let lenient = await read(path) { log.note($0) }
        let defects = log.all
        var problems = defects.compactMap { problem(with: $0, path, lineCount) }
        var isRead = false
        switch (strict, lenient) {
        case (.success(let bars), .success(let same)):
            isRead = true
            var validator = BarValidator(allowsUnknownVolume: true)
            problems += bars.all.compactMap { validator.defect(in: $0)?.description }
            if bars.count >= lineCount { problems.append("\(bars.count) bars in \(lineCount) lines") }
            if same.all.description != bars.all.description || !defects.isEmpty {
                problems.append("a log of defects changes sound bars")
            }
        case (.failure(let error as PlaybookError), .success(let bars)):
            problems += [problem(with: error, path, lineCount)].compactMap { $0 }
            if defects.first != error { problems.append("the log begins with another error than \(error)") }
            if bars.count + defects.count >= lineCount { problems.append("more bars and defects than lines") }
        case (.failure(let error as PlaybookError), .failure(let stop as PlaybookError)):
            problems += [problem(with: error, path, lineCount), problem(with: stop, path, lineCount)].compactMap { $0 }
            if (defects.first ?? stop) != error { problems.append("the log begins with another error than \(error)") }
        default: problems.append("strictly \(strict), with a log of defects \(lenient)")
        }
        #expect(problems == [], "\(name)")
        return isRead
    }

    private func read(
        _ path: String, onDefect: @escaping @Sendable (PlaybookError) throws -> Void
    ) async -> Result<BarColumns, any Error> {
        let reader = TextBarReader(path: path, onDefect: onDefect)
        do {
            return .success(try await reader.read(window: .min..<(.max), expectedBars: 100).bars)
        } catch {
            return .failure(error)
        }
    }

    /// What is wrong with an error, which must name the file and a line that exists, in printable words of bounded
    /// length.
    private func problem(with error: PlaybookError, _ path: String, _ lineCount: Int) -> String? {
        guard error.code == .badData, error.message.hasPrefix("\(path):") else { return "no file in \(error)" }
        let rest = error.message.dropFirst(path.count + 1)
        guard let colon = rest.firstIndex(of: ":"), let line = Int(rest[..<colon]), (1...lineCount).contains(line)
        else { return "no line in \(error)" }
        let reason = rest[colon...].dropFirst(2)
        guard !reason.isEmpty, reason.utf8.count < 300 else { return "no bounded reason in \(error)" }
        let isPrintable = reason.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) || $0 == "…" }
        return isPrintable ? nil : "unprintable characters in \(error)"
    }
}

/// Bar files that were right until something happened to them.
private struct Damage {
    private var random: SeededGenerator
    private static let intact: [UInt8] = {
        var text = BarText.header + "\n"
        for index in 0..<20 {
            let time = Instant(secondsSinceEpoch: 1_730_730_600 + Int64(index) * 120)
            text += "\(time),\(100 + index).25,\(102 + index).5,\(99 + index),\(101 + index).125,\(1_000 + index)\n"
        }
        return Array(text.utf8)
    }()

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private enum Kind: CaseIterable {
        case none, flippedBits, randomByte, deletedByte, cutOff, truncatedLine, doubledDelimiter, removedDelimiter
        case otherDelimiter, hugeField, swappedLines, doubledLine, utf16, utf16BigEndian, latin1, nuls, carriageReturns
    }

    /// A damaged file and what was done to it.
    mutating func next() -> (bytes: [UInt8], name: String) {
        var bytes = Self.intact
        var names: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let kind = Kind.allCases.randomElement(using: &random) ?? .none
            names.append("\(kind)")
            apply(kind, to: &bytes)
        }
        return (bytes, names.joined(separator: " + "))
    }

    private mutating func apply(_ kind: Kind, to bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch kind {
        case .none: return
        case .flippedBits: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case .randomByte: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case .deletedByte: bytes.remove(at: place)
        case .cutOff: bytes.removeLast(bytes.count - place)
        case .truncatedLine, .swappedLines, .doubledLine: applyToLine(kind, &bytes)
        case .doubledDelimiter: bytes.insert(UInt8(ascii: ","), at: comma(from: place, in: bytes))
        case .removedDelimiter: bytes.remove(at: comma(from: place, in: bytes))
        case .otherDelimiter:
            bytes[comma(from: place, in: bytes)] = UInt8(ascii: Bool.random(using: &random) ? ";" : "\t")
        case .hugeField:
            let digit = UInt8.random(in: 0x20..<0x7F, using: &random)
            bytes.insert(contentsOf: repeatElement(digit, count: 3_000), at: comma(from: place, in: bytes))
        case .utf16: bytes = [0xFF, 0xFE] + bytes.flatMap { [$0, 0] }
        case .utf16BigEndian: bytes = [0xFE, 0xFF] + bytes.flatMap { [0, $0] }
        case .latin1: bytes.insert(contentsOf: [0xE9, 0xFC, 0xA0], at: place)
        case .nuls: bytes.insert(contentsOf: [0, 0, 0, 0, 0], at: place)
        case .carriageReturns: bytes.insert(UInt8(ascii: "\r"), at: place)
        }
    }

    private mutating func applyToLine(_ kind: Kind, _ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let line = Int.random(in: 0..<lines.count, using: &random)
        switch kind {
        case .truncatedLine: lines[line].removeLast(Int.random(in: 0...lines[line].count, using: &random))
        case .swappedLines: lines.swapAt(line, Int.random(in: 0..<lines.count, using: &random))
        default: lines.insert(lines[line], at: line)
        }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// The first comma at or after `place`, or `place` itself.
    private func comma(from place: Int, in bytes: [UInt8]) -> Int {
        bytes[place...].firstIndex(of: UInt8(ascii: ",")) ?? place
    }
}
