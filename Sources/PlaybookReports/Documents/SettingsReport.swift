import PlaybookUseCases

/// The settings in force, for `config`.
public struct SettingsReport: Sendable {
    /// A setting, its value and where it came from.
    package struct Entry: Sendable {
        package let name: String
        /// As it may be shown; nil when it has none.
        package let value: String?
        /// The value in a table.
        package let shown: String
        package let origin: String
        package let flag: String?

        package init(name: String, value: String?, shown: String, origin: String, flag: String?) {
            (self.name, self.value, self.shown, self.origin, self.flag) = (name, value, shown, origin, flag)
        }
    }

    private let entries: [Entry]

    /// A report of settings; secrets are masked already.
    package init(_ entries: [Entry]) { self.entries = entries }

    /// The settings in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table:
            var table = TextTable(["Setting", "Value", "From", "Flag"])
            for entry in entries { table.add(entry.name, entry.shown, entry.origin, entry.flag ?? "") }
            return table.lines(indent: 0, leftAligned: [0, 1, 2, 3]).joined(separator: "\n")
        case .json:
            return try jsonText(
                Document(
                    settings: entries.map { Document.Entry(name: $0.name, value: $0.value, from: $0.origin) }))
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/config/1"
        let settings: [Entry]

        struct Entry: Encodable {
            let name: String
            let value: String?
            let from: String
        }
    }
}
