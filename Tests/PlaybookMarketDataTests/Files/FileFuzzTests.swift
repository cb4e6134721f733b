import Foundation
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

/// Files in all spellings, damaged. `FUZZ_FILES` tells how many; `make trust` asks for a million.
@Suite("Reading a damaged file of any spelling")
struct FileFuzzTests {
    private static let count = Int(ProcessInfo.processInfo.environment["FUZZ_FILES"] ?? "") ?? 4_000
    private static let limit = Duration.seconds(1)
    private static let seeds: Range<UInt64> = 1..<5

    @Test("ends soon, in checked bars or in an error that names the file", arguments: seeds)
    func damaged(seed: UInt64) async throws {
        var damage = FileDamage(seed: seed)
        let folder = try TemporaryFolder()
        var written = try WrittenFiles(folder: "\(folder.path)/data")
        let clock = ContinuousClock()
        var (read, refused) = (0, 0)
        for number in 0..<(Self.count / Self.seeds.count) {
            let (spelling, files) = damage.next()
            try written.replace(with: files)
            var outcome: (any Error)?
            var elapsed = Duration.zero
            // Beside other suites a task may have to wait for its turn: what is slow is so every time.
            for _ in 0..<4 {
                let start = clock.now
                outcome = await Self.outcome(written.folder, spelling)
                elapsed = clock.now - start
                if elapsed <= Self.limit { break }
            }
            await Task.yield()
            if outcome == nil { read += 1 } else { refused += 1 }
            let problem = outcome.flatMap { Self.problem($0, written.folder) }
            if problem != nil || elapsed > Self.limit {
                Issue.record("seed \(seed), file \(number), \(spelling.name): \(problem ?? "took \(elapsed)")")
                return
            }
        }
        // Both ways of ending must be seen, or the files are no good.
        #expect(read > Self.count / 100 && refused > Self.count / 100)
    }

    /// What reading ends in; nil for bars that are right.
    private static func outcome(_ folder: String, _ spelling: Spelling) async -> (any Error)? {
        do {
            let source = FilesSource(directory: folder, options: spelling.options)
            let found = try await source.intradayBars(
                of: .of("QQQ"), timeframe: .minutes(60), from: .of("2024-03-01"), through: .of("2024-03-31"))
            var validator = BarValidator(allowsUnknownVolume: true)
            for bar in found.bars.all {
                if let defect = validator.defect(in: bar) { return defect }
            }
            return nil
        } catch {
            return error
        }
    }

    /// What is wrong with an error, which must name the file in printable words of bounded length.
    private static func problem(_ error: any Error, _ folder: String) -> String? {
        guard let error = error as? PlaybookError else { return "\(error)" }
        guard [.badData, .sourceUnavailable].contains(error.code), error.message.contains(folder),
            error.nextStep?.isEmpty == false
        else { return "no place or no next step in \(error)" }
        guard error.message.utf8.count < folder.utf8.count * 2 + 600 else { return "no bounded reason in \(error)" }
        let isPrintable = error.message.unicodeScalars.allSatisfy { scalar in
            if (0x20..<0x7F).contains(scalar.value) { return true }
            let category = scalar.properties.generalCategory
            return scalar != "\u{FFFD}" && ![.control, .format, .privateUse, .unassigned].contains(category)
        }
        return isPrintable ? nil : "unprintable characters in \(error.message.debugDescription)"
    }
}

/// Files in a folder, there as soon as they can be: nobody waits for the disk.
private struct WrittenFiles {
    let folder: String
    /// What is in the folder.
    private var entries: Set<String> = []

    init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Puts `files` in the place of those that are there.
    mutating func replace(with files: [String: [UInt8]]) throws {
        for entry in entries where unlink("\(folder)/\(entry)") != 0 {
            try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
        }
        entries = []
        for (name, bytes) in files {
            let path = "\(folder)/\(name)"
            if let slash = path.lastIndex(of: "/"), name.contains("/") {
                try FileManager.default.createDirectory(
                    atPath: String(path[..<slash]), withIntermediateDirectories: true)
            }
            let file = try #require(fopen(path, "w"))
            try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
            entries.insert(String(name.prefix { $0 != "/" }))
        }
    }
}

/// Files of all spellings to which something happened.
private struct FileDamage {
    private static let spellings = Spellings.all
    private static let intact: [[String: [UInt8]]] = {
        let bars = BarColumns(SpellingTests.bars.all.prefix(12) + SpellingTests.bars.all.suffix(12))
        return spellings.map { $0.files(bars) }
    }()
    /// What means something to one reader or other.
    private static let telling = Array("\",;\t\n\r.-:/ 0129TZ+$NaneE<>()_|".utf8) + [0, 0x7F, 0x80, 0xFF]

    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The files of a spelling, one of them damaged.
    mutating func next() -> (Spelling, [String: [UInt8]]) {
        let index = Int.random(in: Self.spellings.indices, using: &random)
        var files = Self.intact[index]
        guard let name = files.keys.sorted().randomElement(using: &random), var bytes = files[name] else {
            return (Self.spellings[index], files)
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) { damage(&bytes) }
        files[name] = bytes
        return (Self.spellings[index], files)
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        guard bytes.count > 1 else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = Self.telling.randomElement(using: &random) ?? 0
        case 2: bytes.insert(Self.telling.randomElement(using: &random) ?? 0, at: place)
        case 3: bytes.removeSubrange(place..<end)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 5: bytes.removeLast(bytes.count - place)
        case 6: bytes.insert(contentsOf: repeatElement(UInt8(ascii: "7"), count: 300), at: place)
        default: changeLines(&bytes)
        }
    }

    private mutating func changeLines(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let line = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines[line], at: Int.random(in: 0...line, using: &random))
        case 2: lines.swapAt(line, Int.random(in: 0..<lines.count, using: &random))
        default: lines += lines[line...]
        }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }
}
