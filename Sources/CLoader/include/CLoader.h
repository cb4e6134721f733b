#ifndef CLOADER_H
#define CLOADER_H

#include <stdbool.h>
#include <stddef.h>

/// A function of a library, and where its address goes.
typedef struct {
    const char *name;
    void **address;
} cloader_function;

/// A library that is loaded when it is first used.
typedef struct {
    /// Its file.
    const char *file;
    /// What people call it.
    const char *name;
    /// What to do when it is not there.
    const char *advice;
    const cloader_function *functions;
    size_t function_count;
} cloader_library;

/// Loads a library and finds its functions.
///
/// - Returns: whether all are there; if not, `problem`, of `size` bytes, says why.
bool cloader_load(const cloader_library *library, char *problem, size_t size);

#endif
