import PlaybookParquet
import Testing

@Test func errorsDescribeThemselves() { #expect("\(ParquetError("x"))" == "x") }
