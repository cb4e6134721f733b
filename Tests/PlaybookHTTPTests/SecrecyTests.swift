import PlaybookHTTP
import Testing

/// Secrets are not shown by anything that is printed.
struct SecrecyTests {
    private let request = HTTPRequest(
        .get,
        "https://user:hunter2@api.example:8443/v2/bars?symbols=QQQ&api_key=hunter2&X-Goog-Signature=hunter2&to%6Ben=hunter2#hunter2",
        headers: [
            "Authorization": "Bearer hunter2", "APCA-API-KEY-ID": "hunter2", "APCA-API-SECRET-KEY": "hunter2",
            "Cookie": "a=hunter2", "Accept": "application/json",
        ], body: Array("password=hunter2".utf8))

    @Test func descriptions() {
        #expect(
            request.description
                == "GET https://api.example:8443/v2/bars?symbols=QQQ&api_key=(secret)&X-Goog-Signature=(secret)&to%6Ben=(secret)"
        )
        #expect(
            request.headers.description
                == "Authorization: (secret), APCA-API-KEY-ID: (secret), APCA-API-SECRET-KEY: (secret), Cookie: (secret), "
                + "Accept: application/json")
        let hook = HTTPRequest(.post, "https://hooks.example/services/hunter2?a=hunter2", isURLSecret: true)
        #expect(hook.description == "POST https://hooks.example/(secret)")
    }

    @Test func reflection() {
        let response = HTTPResponse(status: 200, headers: ["Set-Cookie": "hunter2"], body: Array("hunter2".utf8))
        #expect(response.description == "200, 7 bytes over HTTP/1.1")
        for value in [request, request.headers, request.headers.fields, response, [request]] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [dumped, String(reflecting: value), "\(value)", String(describing: Optional(value))] {
                #expect(!text.contains("hunter2"))
                #expect(!text.contains("104"), "bytes of a body")
            }
        }
    }

    @Test(arguments: [
        "http://user:hunter2@127.0.0.1:1/hunter2?token=hunter2", "http://hunter2@no-such-host.invalid/?key=hunter2",
        "ftp://user:hunter2@127.0.0.1/?key=hunter2", "http://user:hunter2@127.0.0.1:99999/?key=hunter2",
        "https://user:hunter2@127.0.0.1:1/?sig=hunter2", "http://user:hunter2@/", "hunter2 is not a URL",
    ])
    func errors(_ url: String) async {
        let request = HTTPRequest(
            .post, url, headers: ["Authorization": "hunter2"], body: Array("hunter2".utf8))
        do throws(HTTPError) {
            _ = try await CurlTransport(version: "1").send(request)
            Issue.record("an answer came")
        } catch {
            #expect(!error.description.contains("hunter2"))
            #expect(!String(reflecting: error).contains("hunter2"))
        }
    }
}
