/*
 * DP20 as one pass in C over columns held in memory: the baseline of the engine benchmark.
 *
 * EMA20 and ATR14 are carried through every bar; the rules and the fills of a session are decided on the way. Nothing
 * is allocated and nothing is read twice.
 */
#ifndef DP20_SINGLE_PASS_H
#define DP20_SINGLE_PASS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The bars of one symbol, oldest first, as columns of `count` values. */
struct bars {
    size_t count;
    const int64_t *time; /* the instant the bar opens, in epoch seconds */
    const double *open;
    const double *high;
    const double *low;
    const double *close;
};

/* One trading session: a slice of the bars. Sessions follow each other and cover every bar. */
struct session {
    int64_t first;     /* index of its first bar */
    int64_t count;     /* how many bars it has */
    int64_t open_time; /* epoch seconds of the opening bell, whether or not that bar is there */
    int64_t minutes;   /* from the open to the close: 390, or 210 on an early close */
    double sma200;     /* mean of the 200 daily closes before the session; NaN when there are fewer */
};

/* The playbook's numbers. Times are seconds after the session's open. */
struct params {
    int64_t bar_seconds;
    int64_t window_start; /* inclusive */
    int64_t window_end;   /* inclusive */
    int64_t exit_time;    /* or the close minus five minutes, where that comes first */
    int64_t ema_period;
    int64_t atr_period;
    double reversal_strength;
    double stop_atr;
};

/* How far a session came. */
enum outcome {
    OUTCOME_NO_BARS,
    OUTCOME_NO_AVERAGE,
    OUTCOME_NO_TREND,
    OUTCOME_NO_PULLBACK,
    OUTCOME_NO_REVERSAL,
    OUTCOME_WEAK_REVERSAL,
    OUTCOME_NO_CONFIRMATION,
    OUTCOME_NO_ENTRY,
    OUTCOME_STOP_LOSS,
    OUTCOME_STOP_GAP,
    OUTCOME_END_OF_DAY,
    OUTCOME_SESSION_END
};

/* What was decided in one session. Indices count bars from the start of the columns; -1 means none. */
struct result {
    enum outcome outcome;
    int32_t entered;
    int64_t pullback;
    int64_t reversal;
    int64_t confirmation;
    int64_t entry;
    int64_t exit;
    double ema; /* at the confirmation bar */
    double atr; /* at the confirmation bar */
    double entry_price;
    double stop_price;
    double exit_price;
    double mae; /* price units, at most 0 */
    double mfe; /* price units, at least 0 */
    double r;
};

/* The defaults of the playbook. */
struct params dp20_default_params(void);

/*
 * Runs the playbook over `sessions` sessions and writes one result for each into `results`.
 * Returns how many trades were taken.
 */
size_t dp20_single_pass(
    const struct bars *bars, const struct session *session, size_t sessions, const struct params *params,
    struct result *results);

#ifdef __cplusplus
}
#endif

#endif
