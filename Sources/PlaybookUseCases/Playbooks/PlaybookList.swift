package import PlaybookCore
import PlaybookScript

/// The playbooks of files, for `strategies`.
package struct PlaybookList: Sendable {
    /// What users are told of each, and its file.
    package let entries: [(descriptor: StrategyDescriptor, place: String)]
    /// What is wrong with files.
    package let problems: [PlaybookError]

    /// Those of a shelf.
    ///
    /// - Throws: a `PlaybookError` when the folder or bucket cannot be read.
    package init(_ shelf: any PlaybookShelf) throws {
        var entries: [(StrategyDescriptor, String)] = []
        var problems: [PlaybookError] = []
        for file in try shelf.playbookFiles() {
            do {
                let script = try file.script()
                _ = try shelf.script(script.name)
                entries.append((script.descriptor, file.place))
            } catch let error as PlaybookError {
                if !problems.contains(where: { $0.facts == error.facts }) { problems.append(error) }
            }
        }
        (self.entries, self.problems) = (entries, problems)
    }
}
