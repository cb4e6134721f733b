/// The settings in force, for `config`.
public struct SettingsReport: Sendable {
    private let settings: Settings

    /// A report of `settings`.
    public init(_ settings: Settings) { self.settings = settings }

    /// The settings in `format`; secrets are masked.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table:
            var table = TextTable(["Setting", "Value", "From", "Flag"])
            for value in settings.values {
                table.add(value.setting.name, value.shown, value.origin, value.setting.flag ?? "")
            }
            return table.lines(indent: 0, leftAligned: [0, 1, 2, 3]).joined(separator: "\n")
        case .json:
            return try jsonText(
                Document(
                    settings: settings.values.map {
                        Document.Entry(name: $0.setting.name, value: $0.value == nil ? nil : $0.shown, from: $0.origin)
                    }))
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
