/*
 * Loops over prices for processors that have AVX2: four numbers at a time where every x86-64 processor has two. Each
 * computes number by number, and in the same order, what the Swift beside its call does: no result differs in a bit.
 */
#if defined(__x86_64__)
#define WIDE static inline __attribute__((target("avx2")))
#else
#define WIDE static inline
#endif

typedef double wide_four __attribute__((ext_vector_type(4)));
typedef long wide_mask __attribute__((ext_vector_type(4)));

#define WIDE_LOAD(to, from) __builtin_memcpy(&(to), (from), 32)
#define WIDE_ALL(x) ((wide_four){(x), (x), (x), (x)})
#define WIDE_GREATER(a, b) ((b) > (a) ? (b) : (a))
#define WIDE_LESSER(a, b) ((b) < (a) ? (b) : (a))

/* Whether the processor has what the loops need. */
static inline int wide_is_there(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return 0;
#endif
}

/*
 * The weighted sum of the inputs from `index` to `count`, whole chunks of 16, for ExponentialSmoothing.carry: `newest` are
 * the weights of the newest 16 and `decay16` is by what older chunks weigh less. INPUT(to, place) reads four of them.
 */
#define WIDE_SMOOTHING(INPUT)                                                                                          \
    const wide_four fade = WIDE_ALL(decay16);                                                                          \
    const wide_four fade2 = fade * fade;                                                                               \
    wide_four sums[4] = {WIDE_ALL(0), WIDE_ALL(0), WIDE_ALL(0), WIDE_ALL(0)};                                          \
    wide_four older, newer;                                                                                            \
    if ((count - index) & 16) {                                                                                        \
        for (int n = 0; n < 4; n++) {                                                                                  \
            INPUT(sums[n], index + 4 * n);                                                                             \
        }                                                                                                              \
        index += 16;                                                                                                   \
    }                                                                                                                  \
    for (; index < count; index += 32) {                                                                               \
        for (int n = 0; n < 4; n++) {                                                                                  \
            INPUT(older, index + 4 * n);                                                                               \
            INPUT(newer, index + 16 + 4 * n);                                                                          \
            sums[n] = sums[n] * fade2 + (older * fade + newer);                                                        \
        }                                                                                                              \
    }                                                                                                                  \
    wide_four weights[4];                                                                                              \
    for (int n = 0; n < 4; n++) {                                                                                      \
        WIDE_LOAD(weights[n], newest + 4 * n);                                                                         \
    }                                                                                                                  \
    const wide_four all = (sums[0] * weights[0] + sums[2] * weights[2]) + (sums[1] * weights[1] + sums[3] * weights[3]); \
    return (all[0] + all[2]) + (all[1] + all[3])

/* Of prices. */
WIDE double wide_smoothing(const double *x, long index, long count, const double *newest, double decay16)
{
#pragma clang fp contract(off)
#define WIDE_INPUT(to, place) WIDE_LOAD(to, x + (place))
    WIDE_SMOOTHING(WIDE_INPUT);
#undef WIDE_INPUT
}

/* Of true ranges; `before` are the closes of the bars before. */
WIDE double wide_range_smoothing(
    const double *high, const double *low, const double *before, long index, long count, const double *newest,
    double decay16)
{
#pragma clang fp contract(off)
    wide_four top, bottom, close;
#define WIDE_INPUT(to, place)                                                                                          \
    do {                                                                                                               \
        WIDE_LOAD(top, high + (place));                                                                                \
        WIDE_LOAD(bottom, low + (place));                                                                              \
        WIDE_LOAD(close, before + (place));                                                                            \
        (to) = WIDE_GREATER(top, close) - WIDE_LESSER(bottom, close);                                                  \
    } while (0)
    WIDE_SMOOTHING(WIDE_INPUT);
#undef WIDE_INPUT
}

/*
 * For ClosedBars.passed: the first of the bars from `bar` to `end` that does not lie between two prices. Those before it
 * are taken into the highest and the lowest price.
 */
WIDE long wide_passed(
    const double *high, const double *low, long bar, long end, double floor, double ceiling, double *highest,
    double *lowest)
{
#if defined(__x86_64__)
    const wide_mask first = {0, 1, 2, 3}, second = {4, 5, 6, 7};
    const wide_four least_low = WIDE_ALL(floor), most_high = WIDE_ALL(ceiling);
    wide_four most = WIDE_ALL(*highest), least = WIDE_ALL(*lowest);
    wide_four high1, high2, low1, low2;
    unsigned between = 0;
    for (; bar < end; bar += 8) {
        unsigned wanted = 0xff;
        if (bar + 8 <= end) {
            WIDE_LOAD(high1, high + bar);
            WIDE_LOAD(high2, high + bar + 4);
            WIDE_LOAD(low1, low + bar);
            WIDE_LOAD(low2, low + bar + 4);
        } else {
            /* What lies after the last bar is not read. */
            const long left = end - bar;
            const wide_mask is_there1 = first < (wide_mask){left, left, left, left};
            const wide_mask is_there2 = second < (wide_mask){left, left, left, left};
            high1 = __builtin_ia32_maskloadpd256((const wide_four *)(high + bar), is_there1);
            high2 = __builtin_ia32_maskloadpd256((const wide_four *)(high + bar + 4), is_there2);
            low1 = __builtin_ia32_maskloadpd256((const wide_four *)(low + bar), is_there1);
            low2 = __builtin_ia32_maskloadpd256((const wide_four *)(low + bar + 4), is_there2);
            wanted = (1u << left) - 1;
        }
        const wide_mask is_between1 = (low1 > least_low) & (high1 < most_high);
        const wide_mask is_between2 = (low2 > least_low) & (high2 < most_high);
        between = wanted & ((unsigned)__builtin_ia32_movmskpd256((wide_four)is_between1)
                            | (unsigned)__builtin_ia32_movmskpd256((wide_four)is_between2) << 4);
        if (between != 0xff) {
            break;
        }
        most = WIDE_GREATER(WIDE_GREATER(most, high1), high2);
        least = WIDE_LESSER(WIDE_LESSER(least, low1), low2);
    }
    if (bar < end) {
        const long passed = __builtin_ctz(~between);
        const wide_mask is_passed1 = first < (wide_mask){passed, passed, passed, passed};
        const wide_mask is_passed2 = second < (wide_mask){passed, passed, passed, passed};
        most = WIDE_GREATER(most, is_passed1 ? high1 : most);
        most = WIDE_GREATER(most, is_passed2 ? high2 : most);
        least = WIDE_LESSER(least, is_passed1 ? low1 : least);
        least = WIDE_LESSER(least, is_passed2 ? low2 : least);
        bar += passed;
    }
    *highest = WIDE_GREATER(WIDE_GREATER(most[0], most[1]), WIDE_GREATER(most[2], most[3]));
    *lowest = WIDE_LESSER(WIDE_LESSER(least[0], least[1]), WIDE_LESSER(least[2], least[3]));
    return bar;
#else
    /* Never called: wide_is_there says no. */
    return end;
#endif
}

/*
 * For ColumnBank.compare: of `blocks` times eight bars, a bit a bar, at which both numbers are known and at which one is
 * above the other (or also below it) by more than equal numbers may differ.
 */
WIDE void wide_compare(
    const double *one, const double *other, long blocks, double floor, int is_either, int is_inverted,
    unsigned char *known, unsigned char *is_true)
{
#pragma clang fp contract(off)
#if defined(__x86_64__)
    for (long block = 0; block < blocks; block++) {
        unsigned found_known = 0, found_above = 0;
        for (int n = 0; n < 2; n++) {
            wide_four a, b;
            WIDE_LOAD(a, one + 8 * block + 4 * n);
            WIDE_LOAD(b, other + 8 * block + 4 * n);
            wide_four distance = a - b;
            const wide_four size_a = __builtin_elementwise_abs(a), size_b = __builtin_elementwise_abs(b);
            const wide_four size = WIDE_GREATER(size_a, size_b);
            const wide_four least = WIDE_ALL(1e-9) * WIDE_GREATER(size, WIDE_ALL(floor));
            if (is_either) {
                distance = __builtin_elementwise_abs(distance);
            }
            const wide_mask is_known = (a == a) & (b == b), is_above = distance > least;
            found_known |= (unsigned)__builtin_ia32_movmskpd256((wide_four)is_known) << (4 * n);
            found_above |= (unsigned)__builtin_ia32_movmskpd256((wide_four)is_above) << (4 * n);
        }
        known[block] = (unsigned char)found_known;
        is_true[block] = (unsigned char)(is_inverted ? found_known & ~found_above : found_above);
    }
#endif
}

#undef WIDE_SMOOTHING
#undef WIDE_LESSER
#undef WIDE_GREATER
#undef WIDE_ALL
#undef WIDE_LOAD
#undef WIDE
