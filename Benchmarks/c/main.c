/*
 * Times the C single pass over a dump of columns and prints one line of JSON.
 *
 *     single-pass COLUMNS.BIN [REPETITIONS [NAME]]
 */
#define _POSIX_C_SOURCE 200809L

#include "single_pass.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 4) {
        fputs("usage: single-pass COLUMNS.BIN [REPETITIONS [NAME]]\n", stderr);
        return 2;
    }
    const char *path = argv[1];
    const long repetitions = argc > 2 ? strtol(argv[2], NULL, 10) : 200;
    const char *name = argc > 3 ? argv[3] : "c";
    if (repetitions < 1) {
        fputs("single-pass: REPETITIONS must be a positive number\n", stderr);
        return 2;
    }

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
    struct bars bars = {.count = header.bars};
    bars.time = read_items(file, path, sizeof(int64_t), header.bars);
    bars.open = read_items(file, path, sizeof(double), header.bars);
    bars.high = read_items(file, path, sizeof(double), header.bars);
    bars.low = read_items(file, path, sizeof(double), header.bars);
    bars.close = read_items(file, path, sizeof(double), header.bars);
    const struct session *sessions = read_items(file, path, sizeof(struct session), header.sessions);
    fclose(file);

    struct result *results = calloc(header.sessions > 0 ? header.sessions : 1, sizeof *results);
    double *elapsed = calloc((size_t)repetitions, sizeof *elapsed);
    if (results == NULL || elapsed == NULL) {
        fail(path, "no memory for its results");
    }

    const struct params params = dp20_default_params();
    const long warm_up = repetitions / 10 + 3;
    size_t trades = 0;
    for (long n = -warm_up; n < repetitions; n++) {
        double start = now_nanoseconds();
        trades = dp20_single_pass(&bars, sessions, header.sessions, &params, results);
        double end = now_nanoseconds();
        if (n >= 0) {
            elapsed[n] = end - start;
        }
    }

    double sum_r = 0;
    for (size_t s = 0; s < header.sessions; s++) {
        sum_r += results[s].entered ? results[s].r : 0;
    }
    qsort(elapsed, (size_t)repetitions, sizeof *elapsed, by_value);
    const double count = header.bars > 0 ? (double)header.bars : 1;
    const double middle = (elapsed[(repetitions - 1) / 2] + elapsed[repetitions / 2]) / 2;
    printf(
        "{\"engine\":\"%s\",\"bars\":%" PRIu64 ",\"ns_per_bar_median\":%.4f,\"ns_per_bar_min\":%.4f,\"trades\":%zu,"
        "\"sum_r\":%.9f}\n",
        name, header.bars, middle / count, elapsed[0] / count, trades, sum_r);
    return 0;
}
