package import PlaybookCore
import PlaybookReading

/// A file that holds a playbook, read but not yet understood.
public struct PlaybookFile: Sendable {
    /// Where it is, as messages name it.
    public let place: String
    /// What it holds.
    package let bytes: [UInt8]
    /// Whether it came with a request, whose sender knows no lines of it.
    private let isOfRequest: Bool

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - place: where it is, as messages name it.
    ///   - isOfRequest: whether it came with a request, whose sender knows no lines of it.
    package init(place: String, bytes: [UInt8], isOfRequest: Bool = false) {
        self.place = place
        self.bytes = bytes
        self.isOfRequest = isOfRequest
    }

    /// Larger files are not read.
    package static let mostBytes = Document.maximumBytes

    /// What is doubtful about the playbook, as messages say it.
    package func warnings(_ script: Script) -> [String] {
        script.warnings.map { isOfRequest ? "\(place): \($0.message)" : "\(place):\($0)" }
    }

    /// The file's name without folder and ending.
    package var stem: String {
        let name = place.split(separator: "/").last.map(String.init) ?? place
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// Whether a file of this name holds a playbook. What is kept beside a journal, `orb-p0123456789ab.yaml`, is a copy.
    package static func isPlaybook(_ name: String) -> Bool {
        let endings = [".yaml", ".yml", ".json"]
        guard !name.hasPrefix("."), let ending = endings.first(where: { name.lowercased().hasSuffix($0) }) else {
            return false
        }
        let last = name.dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false).last ?? ""
        let isCopy =
            last.utf8.count == 13 && last.hasPrefix("p")
            && last.dropFirst().allSatisfy { $0.isHexDigit && !$0.isUppercase }
        return !isCopy
    }

    /// What the file says that its playbook is called; the file's own name where it says nothing that can be read.
    ///
    /// Of most files the line `playbook: NAME` says it, without reading the rest.
    package var playbookName: String {
        for line in bytes.split(separator: 0x0A, maxSplits: 200) where line.starts(with: "playbook:".utf8) {
            let text = String(decoding: line.dropFirst(9), as: UTF8.self)
            let value = text.prefix { $0 != "#" && $0 != "\r" }.filter { $0 != " " && $0 != "\"" && $0 != "'" }
            if Script.isName(value) { return value }
        }
        guard let document = try? Document(bytes), case .mapping(let entries) = document.root.kind,
            let name = entries.first(where: { $0.key == "playbook" })?.value.text
        else { return stem }
        return name
    }

    /// Reads and checks it.
    ///
    /// - Throws: a `PlaybookError` with everything that is wrong with it, a line each.
    public func script() throws -> Script {
        do throws(ScriptError) {
            return try Script(bytes)
        } catch {
            throw PlaybookError(
                .badData, NeutralText(error.lines(file: place).joined(separator: "\n")),
                nextStep: "docs/playbooks.md tells what each key takes; \(.run(.checkPlaybook)) looks again.")
        }
    }
}

/// A playbook that was chosen, with what is said of it.
package struct ChosenPlaybook: Sendable {
    package let playbook: Playbook
    package let warnings: [String]

    package init(_ playbook: Playbook, warnings: [String] = []) {
        self.playbook = playbook
        self.warnings = warnings
    }
}
