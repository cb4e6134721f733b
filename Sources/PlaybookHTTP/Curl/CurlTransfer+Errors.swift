internal import CCurl
import PlaybookCore

extension CurlTransfer {
    /// The error for libcurl's `code`.
    func error(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) -> HTTPError {
        let detail = detail(code)
        let (kind, problem, advice) = explain(easy, code, detail)
        let text: NeutralText = advice.map { "; \($0)" } ?? ""
        return HTTPError(
            kind, "\(request.host): \(problem)\(text) (libcurl \(code.rawValue): \(detail))", number: Int(code.rawValue)
        )
    }

    /// libcurl's own words. They name hosts, ports, files and sizes, never what was sent.
    private func detail(_ code: CURLcode) -> String {
        let text = String(cString: problem)
        return printable(text.isEmpty ? String(cString: ccurl_easy_strerror(code)) : text)
    }

    private func explain(
        _ easy: UnsafeMutableRawPointer, _ code: CURLcode, _ detail: String
    ) -> (HTTPError.Code, problem: String, advice: NeutralText?) {
        var proxyStatus = 0
        ccurl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus)
        if proxyStatus >= 300 {
            return (.proxy, "the proxy answered with \(proxyStatus)", "check the proxy variables of the environment")
        }
        let proxyAdvice: NeutralText =
            "check the proxy variables of the environment, or name the host in \(.set(.hostsWithoutProxy))"
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return (.dns, "the host's address was not found", "check the name and the network")
        case CURLE_COULDNT_RESOLVE_PROXY: return (.proxy, "the proxy's address was not found", proxyAdvice)
        case CURLE_PROXY: return (.proxy, "the proxy does not connect", proxyAdvice)
        case CURLE_COULDNT_CONNECT:
            return (.connect, "no connection", "check that the server runs and can be reached")
        case CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND:
            return (.connect, "the connection broke while the request was sent", nil)
        case CURLE_OPERATION_TIMEDOUT:
            let limits = request.limits
            if detail.hasPrefix("Operation too slow") {
                return (.stalled, "less than \(limits.stallSpeed) bytes/s for \(limits.stallTimeout)", "try again")
            }
            return (.timeout, "no answer in time", "try again, or allow more time")
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM:
            return (.truncated, "the connection ended before the answer did", "try again")
        case CURLE_HTTP2, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            return (.protocolViolation, "the answer is not proper HTTP", "check that this is the right server")
        case CURLE_URL_MALFORMAT: return (.invalidRequest, "the URL is malformed", "correct it")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            let advice: NeutralText = "if the server has a private authority, name its file in \(.set(.authorities))"
            return (.tls, "the server's certificate is not trusted", advice)
        case CURLE_SSL_CACERT_BADFILE:
            return (
                .tls, "the file of certificate authorities cannot be read",
                "check \(.set(.authorities)) and \(.set(.systemAuthorities))"
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return (.tls, "TLS failed", "check that the server speaks TLS 1.2 or newer on this port")
        default: return (.other, "the transfer failed", nil)
        }
    }
}
