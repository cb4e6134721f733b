import PlaybookCore
import Testing

@testable import PlaybookUseCases

@Suite("Rows of a journal that cannot be read")
struct JournalSurveyTests {
    private struct Failing: JournalReader {
        let place = JournalPlace(writer: "csv", location: "trades.csv")
        let error: PlaybookError

        func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) async throws {
            throw error
        }
    }

    private func error(of error: PlaybookError) async -> PlaybookError? {
        await #expect(throws: PlaybookError.self) {
            _ = try await Failing(error: error).survey(
                JournalSelection(), into: JournalSurvey(now: Instant(secondsSinceEpoch: 0), skipsSynthetic: false))
        }
    }

    @Test("are told of with the command that lists them")
    func command() async {
        let row = await error(of: PlaybookError(.badData, "the row of QQQ"))
        #expect(
            row?.message == "the row of QQQ" && row?.nextStep == "<run verifyJournal> lists such rows.")
        let file = PlaybookError(.badData, "trades.csv: no header", nextStep: "Restore it.")
        #expect(await error(of: file) == file)
        let network = PlaybookError(.sourceUnavailable, "no answer")
        #expect(await error(of: network) == network)
    }
}
