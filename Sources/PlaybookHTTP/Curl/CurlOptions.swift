internal import CCurl

/// Sets options of an easy handle and remembers the first failure.
struct CurlOptions {
    let easy: UnsafeMutableRawPointer
    var failure: CURLcode?

    mutating func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(easy, option, value)) }

    mutating func set(_ option: CURLoption, _ value: String) { note(ccurl_set_string(easy, option, value)) }

    mutating func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
        note(ccurl_set_pointer(easy, option, value))
    }

    mutating func set(_ option: CURLoption, _ callback: curl_write_callback) {
        note(ccurl_set_callback(easy, option, callback))
    }

    mutating func set(_ option: CURLoption, size: Int) { note(ccurl_set_off_t(easy, option, size)) }

    private mutating func note(_ code: CURLcode) { if code != CURLE_OK, failure == nil { failure = code } }
}
