import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A date of ten zero bytes")
struct ZeroDateTests {
    @Test("is not 1970-01-01")
    func zeroBytes() async throws {
        let file = try BarText()
        let text = BarText.header + "\n" + String(repeating: "\0", count: 10) + "T13:30:00Z,100,102,99,101,5000\n"
        let error = await playbookError { try await file.read(text) }
        #expect(error?.message.hasPrefix("\(file.path):2: timestamp '\\x00") == true)
    }
}
