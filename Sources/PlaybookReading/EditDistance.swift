/// How many letters must be inserted, deleted or changed to turn one word into the other (V. Levenshtein, 1966); nil
/// when that is more than `limit`.
public func editDistance(_ left: String, _ right: String, atMost limit: Int) -> Int? {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (i, a) in left.utf8.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        var least = i + 1
        for (j, b) in right.enumerated() {
            let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
            diagonal = row[j + 1]
            row[j + 1] = cost
            least = min(least, cost)
        }
        // No later row has a smaller cost: words with nothing in common are told apart by their first letters.
        if least > limit { return nil }
    }
    return row[right.count] <= limit ? row[right.count] : nil
}
