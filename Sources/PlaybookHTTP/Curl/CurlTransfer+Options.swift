internal import CCurl

extension CurlTransfer {
    /// Sets every option of `easy`, which is new.
    func configure(
        _ easy: UnsafeMutableRawPointer, userAgent: String, certificateFile: String?
    ) throws(HTTPError) {
        self.easy = easy
        var options = CurlOptions(easy: easy)
        let limits = request.limits
        options.set(CURLOPT_URL, request.url)
        options.set(CURLOPT_USERAGENT, userAgent)
        if request.decodesBody { options.set(CURLOPT_ACCEPT_ENCODING, "") }
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let certificateFile { options.set(CURLOPT_CAINFO, certificateFile) }
        options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        // Over TLS it pays to wait for a connection that is being made: HTTP/2 carries many requests on one.
        options.set(CURLOPT_PIPEWAIT, request.url.prefix(6).lowercased() == "https:" ? 1 : 0)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connectTimeout.milliseconds))
        options.set(CURLOPT_TIMEOUT_MS, max(1, limits.totalTimeout.milliseconds))
        options.set(CURLOPT_LOW_SPEED_LIMIT, limits.stallSpeed)
        options.set(CURLOPT_LOW_SPEED_TIME, (limits.stallTimeout.milliseconds + 999) / 1000)
        options.set(CURLOPT_BUFFERSIZE, 128 << 10)
        setMethod(&options)
        setHeaders(&options)
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_HEADERFUNCTION, receiveCurlHeader)
        options.set(CURLOPT_HEADERDATA, context)
        options.set(CURLOPT_WRITEFUNCTION, receiveCurlBody)
        options.set(CURLOPT_WRITEDATA, context)
        options.set(CURLOPT_ERRORBUFFER, problem)
        if let failure = options.failure { throw error(easy, failure) }
        // Options of newer releases, on which nothing depends: other schemes are refused before, and a transfer that
        // ends while a name is looked up need not wait for the resolver.
        _ = ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    }

    private func setMethod(_ options: inout CurlOptions) {
        switch request.method {
        case .get: options.set(CURLOPT_HTTPGET, 1)
        case .head: options.set(CURLOPT_NOBODY, 1)
        case .delete where request.body == nil: options.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .post, .put, .patch, .delete:
            options.set(CURLOPT_POST, 1)
            setBody(&options)
            if request.method != .post { options.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    /// libcurl asks for the body piece by piece, and cannot ask again: a request whose connection breaks before an answer
    /// may have been carried out, and libcurl would send it again on its own when that connection had served before.
    private func setBody(_ options: inout CurlOptions) {
        let count = request.body?.count ?? 0
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: count)
        if count > 0 {
            options.set(CURLOPT_READFUNCTION, provideCurlBody)
            options.set(CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
        } else {
            options.set(CURLOPT_COPYPOSTFIELDS, "")
        }
    }

    private func setHeaders(_ options: inout CurlOptions) {
        // A name with a colon and nothing else keeps libcurl from adding that header itself.
        var lines = ["Expect:"]
        if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        lines += request.headers.fields.map { field in
            let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            return isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
        }
        for line in lines {
            guard let longer = ccurl_slist_append(headerLines, line) else {
                options.failure = CURLE_OUT_OF_MEMORY
                return
            }
            headerLines = longer
        }
        options.set(CURLOPT_HTTPHEADER, headerLines)
    }
}

private func provideCurlBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context!).takeUnretainedValue()
    return transfer.provideBody(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

private func receiveCurlHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context!).takeUnretainedValue()
    let isTaken = transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken ? size * count : -1  // anything but the size stops it
}

private func receiveCurlBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context!).takeUnretainedValue()
    let isTaken = transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken ? size * count : -1
}
