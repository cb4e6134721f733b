/*
 * Times the C single pass over dumps of columns, one for each symbol, and prints one line of JSON.
 *
 *     single-pass COLUMNS.BIN[,COLUMNS.BIN...] [REPETITIONS [NAME [dp20|opening-range]]]
 */
#define _POSIX_C_SOURCE 200809L

#include "opening_range.h"
#include "single_pass.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SYMBOLS = 64 };

/* The head of columns.bin; Benchmarks/README.md describes the format. Little-endian, as is every machine we run on. */
struct header {
    char magic[8];
    uint32_t version;
    uint32_t reserved;
    uint64_t bars;
    uint64_t sessions;
};

_Static_assert(sizeof(struct header) == 32, "the header of columns.bin has 32 bytes");
_Static_assert(sizeof(struct session) == 40, "a session of columns.bin has 40 bytes");

static void fail(const char *path, const char *reason)
{
    fprintf(stderr, "single-pass: %s: %s\n", path, reason);
    exit(1);
}

/* Reads `count` items of `size` bytes into memory aligned to a cache line. */
static void *read_items(FILE *file, const char *path, size_t size, size_t count)
{
    size_t bytes = (size * count + 63) / 64 * 64;
    void *items = aligned_alloc(64, bytes > 0 ? bytes : 64);
    if (items == NULL) {
        fail(path, "no memory for its columns");
    }
    if (fread(items, size, count, file) != count) {
        fail(path, "it ends before the columns its header promises; generate it again");
    }
    return items;
}

static double now_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* One symbol: its columns, and room for what is decided. */
struct symbol {
    struct bars bars;
    const struct session *sessions;
    size_t session_count;
    struct result *results;
    struct range_result *range_results;
};

static struct symbol read_symbol(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail(path, "cannot be opened");
    }
    struct header header;
    if (fread(&header, sizeof header, 1, file) != 1 || memcmp(header.magic, "DP20COLS", 8) != 0) {
        fail(path, "is not a dump of columns");
    }
    if (header.version != 1) {
        fail(path, "has a version this program does not know");
    }
    struct symbol symbol = {.bars.count = header.bars, .session_count = header.sessions};
    symbol.bars.time = read_items(file, path, sizeof(int64_t), header.bars);
    symbol.bars.open = read_items(file, path, sizeof(double), header.bars);
    symbol.bars.high = read_items(file, path, sizeof(double), header.bars);
    symbol.bars.low = read_items(file, path, sizeof(double), header.bars);
    symbol.bars.close = read_items(file, path, sizeof(double), header.bars);
    symbol.sessions = read_items(file, path, sizeof(struct session), header.sessions);
    fclose(file);
    const size_t room = header.sessions > 0 ? header.sessions : 1;
    symbol.results = calloc(room, sizeof *symbol.results);
    symbol.range_results = calloc(room, sizeof *symbol.range_results);
    if (symbol.results == NULL || symbol.range_results == NULL) {
        fail(path, "no memory for its results");
    }
    return symbol;
}

/* The sum of R of what was decided last. */
static double sum_of_r(const struct symbol *symbol, int is_range)
{
    double sum = 0;
    for (size_t s = 0; s < symbol->session_count; s++) {
        if (!is_range) {
            sum += symbol->results[s].entered ? symbol->results[s].r : 0;
            continue;
        }
        for (int64_t n = 0; n < symbol->range_results[s].count; n++) {
            sum += symbol->range_results[s].trades[n].r;
        }
    }
    return sum;
}

int main(int argc, char **argv)
{
    const char *rules = argc > 4 ? argv[4] : "dp20";
    const int is_range = strcmp(rules, "opening-range") == 0;
    if (argc < 2 || argc > 5 || (!is_range && strcmp(rules, "dp20") != 0)) {
        fputs(
            "usage: single-pass COLUMNS.BIN[,COLUMNS.BIN...] [REPETITIONS [NAME [dp20|opening-range]]]\n", stderr);
        return 2;
    }
    const long repetitions = argc > 2 ? strtol(argv[2], NULL, 10) : 200;
    const char *name = argc > 3 ? argv[3] : "c";
    if (repetitions < 1) {
        fputs("single-pass: REPETITIONS must be a positive number\n", stderr);
        return 2;
    }

    struct symbol symbols[MOST_SYMBOLS];
    size_t symbol_count = 0;
    uint64_t bar_count = 0;
    for (char *path = strtok(argv[1], ","); path != NULL; path = strtok(NULL, ",")) {
        if (symbol_count == MOST_SYMBOLS) {
            fail(path, "is one dump too many");
        }
        symbols[symbol_count] = read_symbol(path);
        bar_count += symbols[symbol_count].bars.count;
        symbol_count++;
    }
    double *elapsed = calloc((size_t)repetitions, sizeof *elapsed);
    if (elapsed == NULL) {
        fail(argv[1], "no memory for its times");
    }

    const struct params params = dp20_default_params();
    const struct range_params range_params = range_default_params();
    const long warm_up = repetitions / 10 + 3;
    size_t trades = 0;
    for (long n = -warm_up; n < repetitions; n++) {
        double start = now_nanoseconds();
        trades = 0;
        for (size_t s = 0; s < symbol_count; s++) {
            struct symbol *at = &symbols[s];
            trades += is_range ? range_single_pass(
                                     &at->bars, at->sessions, at->session_count, &range_params, at->range_results)
                               : dp20_single_pass(&at->bars, at->sessions, at->session_count, &params, at->results);
        }
        double end = now_nanoseconds();
        if (n >= 0) {
            elapsed[n] = end - start;
        }
    }

    double sum_r = 0;
    for (size_t s = 0; s < symbol_count; s++) {
        sum_r += sum_of_r(&symbols[s], is_range);
    }
    qsort(elapsed, (size_t)repetitions, sizeof *elapsed, by_value);
    const double count = bar_count > 0 ? (double)bar_count : 1;
    const double middle = (elapsed[(repetitions - 1) / 2] + elapsed[repetitions / 2]) / 2;
    printf(
        "{\"engine\":\"%s\",\"bars\":%" PRIu64 ",\"ns_per_bar_median\":%.4f,\"ns_per_bar_min\":%.4f,\"trades\":%zu,"
        "\"sum_r\":%.9f}\n",
        name, bar_count, middle / count, elapsed[0] / count, trades, sum_r);
    return 0;
}
