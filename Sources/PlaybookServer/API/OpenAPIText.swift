import Synchronization

/// The OpenAPI document as text. It is made when somebody first asks for it: a start need not wait for that.
final class OpenAPIText: Sendable {
    private let scope: RequestScope
    private let text = Mutex<String?>(nil)

    init(_ scope: RequestScope) { self.scope = scope }

    var value: String {
        text.withLock { text in
            if let text { return text }
            let made = OpenAPI(scope).document.document
            text = made
            return made
        }
    }
}
