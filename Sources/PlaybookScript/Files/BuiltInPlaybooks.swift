import PlaybookCore

/// The playbooks that are in the program: files like any other, but for what keeps their journals what they have been.
public enum BuiltInPlaybooks {
    /// Their names, in the order of lists.
    public static let names = ["dp20", "timed-entry", "opening-range"]

    /// All of them.
    public static var scripts: [Script] { [dp20, timedEntry, openingRange] }

    /// The one called `name`.
    public static func script(_ name: String) -> Script? {
        switch name {
        case "dp20": dp20
        case "timed-entry": timedEntry
        case "opening-range": openingRange
        default: nil
        }
    }

    /// The file of the one called `name`.
    public static func text(_ name: String) -> String? {
        switch name {
        case "dp20": dp20Text
        case "timed-entry": timedEntryText
        case "opening-range": openingRangeText
        default: nil
        }
    }

    private static let dp20 = made(dp20Text, Script.Legacy(showsWindowOfUnplayed: true))
    private static let openingRange = made(openingRangeText, Script.Legacy())
    private static let timedEntry = made(
        timedEntryText,
        Script.Legacy(retired: [
            (
                "exit-time",
                .retired(
                    "bounce-bps", kind: .number(0...10_000), defaultText: "0",
                    instead:
                        "it is gone, and was 0 unless set: leave it out. A rule of one's own is written into a playbook file, "
                        + "docs/playbooks.md")
            )
        ]))

    private static func made(_ text: String, _ legacy: Script.Legacy) -> Script {
        do throws(ScriptError) {
            return try Script(Array(text.utf8), legacy: legacy)
        } catch {
            preconditionFailure("a built-in playbook cannot be read: \(error)")
        }
    }
}
