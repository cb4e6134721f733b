import PlaybookCore

/// What a file of bars held.
struct BarFileContents {
    /// The bars within the window asked for.
    var bars = BarColumns()
    /// The first and last bar read, in the window or not.
    var first: Bar?
    var last: Bar?
    /// How the file was understood.
    var understanding: FileUnderstanding
    /// What is worth a warning, in words.
    var warnings: [String] = []
}
