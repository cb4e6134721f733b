/*
 * The opening-range playbook as one pass in C over columns held in memory: a baseline of the engine benchmark.
 *
 * Only the bars that the rules look at are read. Nothing is allocated.
 */
#ifndef OPENING_RANGE_H
#define OPENING_RANGE_H

#include "single_pass.h"

/* The playbook's numbers. Times are seconds after the session's open. */
struct range_params {
    int64_t bar_seconds;
    int64_t range;      /* length of the opening range */
    int64_t last_entry; /* orders are gone in bars that open then or later */
    int64_t exit_time;  /* or the close minus five minutes, where that comes first */
    double most_gap;
    double target; /* of the second half, in R */
    double risk;   /* USD */
    double at_most;
    double completeness; /* of the bars due by a decision */
};

/* A trade that is over. Indices count bars from the start of the columns. */
struct range_trade {
    int64_t entry;
    int64_t exit;
    double sign; /* 1 for a long, -1 for a short */
    double shares;
    double entry_price;
    double stop_price;
    double exit_price; /* the mean by shares */
    double net;
    double mae;
    double mfe;
    double r;
};

/* What was decided in one session: a trade each way at most. */
struct range_result {
    int64_t count;
    struct range_trade trades[2];
};

/* The defaults of the playbook. */
struct range_params range_default_params(void);

/*
 * Runs the playbook over `sessions` sessions and writes one result for each into `results`.
 * Returns how many trades were taken.
 */
size_t range_single_pass(
    const struct bars *bars, const struct session *session, size_t sessions, const struct range_params *params,
    struct range_result *results);

#endif
