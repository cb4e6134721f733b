import PlaybookCore

/// What a file of bars held.
struct BarFileContents {
    /// The bars within the window asked for.
    var bars = BarColumns()
    /// The times of the first and last bar, in the window or not.
    var first: Int64?
    var last: Int64?
    /// How the file was understood.
    var understanding: FileUnderstanding
    /// What is worth a warning, in words.
    var warnings: [NeutralText] = []
}
