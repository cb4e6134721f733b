import PlaybookCore
package import PlaybookResearch
package import PlaybookSettings
package import PlaybookUseCases

extension Settings: ResearchProvider, ResearchNeeds {
    /// Where research keeps its runs.
    package func researchStore() throws -> ResearchStore {
        try researchStore(self[.researchDirectory] ?? "") { wrong(.researchDirectory, $0) }
    }

    /// A store at an address.
    private func researchStore(_ place: String, _ error: (String) -> PlaybookError) throws -> ResearchStore {
        guard let place = StorePlace(place), place != .folder("") else {
            throw error("this is neither a folder nor gs://BUCKET/PREFIX")
        }
        return ResearchStore(try store(place), parts: ParquetTradeParts(), documents: KeptDocuments())
    }

    /// The store that a manifest lies in, and its name there.
    package func manifestPlace(_ place: String) throws -> (ResearchStore, String) {
        let parts = place.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.last == "manifest.json" else {
            throw PlaybookError(
                .usage, "--manifest '\(place.prefix(80))' does not end in RUN/manifest.json",
                nextStep: "Name the manifest that 'sweep --submit' wrote.")
        }
        let root = parts.count == 2 ? "." : parts.dropLast(2).joined(separator: "/")
        let store = try researchStore(root.isEmpty ? "/" : root) {
            PlaybookError(
                .usage, "--manifest: \($0)", nextStep: "Name a file, or gs://BUCKET/PREFIX/RUN/manifest.json.")
        }
        return (store, parts.suffix(2).joined(separator: "/"))
    }

    /// The task that the platform says this is.
    package func researchTask() throws -> TaskShare {
        for (index, count) in [(Setting.taskIndex, Setting.taskCount), (.completionIndex, .completions)] {
            guard let first = self[index] ?? self[count] else { continue }
            guard let number = Int(self[index] ?? ""), let all = Int(self[count] ?? ""),
                let task = TaskShare(number, of: all)
            else {
                throw PlaybookError(
                    .configuration, "\(index.name) and \(count.name) do not name a task: '\(first.prefix(20))'",
                    nextStep: "Both are numbers, the first below the second; or give --task 0/8.")
            }
            return task
        }
        throw PlaybookError(
            .usage, "which task is it?",
            nextStep: "Add --task 0/8, or set \(Setting.taskIndex.name) and \(Setting.taskCount.name).")
    }
}
