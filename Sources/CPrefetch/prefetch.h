/* What the compiler has and Swift does not say: that memory will be read soon. It reads nothing and never fails. */
static inline __attribute__((always_inline)) void prefetch_for_reading(const void *address)
{
    __builtin_prefetch(address, 0, 2);
}
