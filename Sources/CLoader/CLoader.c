#include "CLoader.h"

#include <dlfcn.h>
#include <stdio.h>

bool cloader_load(const cloader_library *library, char *problem, size_t size) {
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        const char *reason = dlerror();
        snprintf(
            problem, size, "cannot load %s: %s; %s", library->name, reason ? reason : library->file, library->advice);
        return false;
    }
    for (size_t index = 0; index < library->function_count; index++) {
        const cloader_function *function = &library->functions[index];
        *function->address = dlsym(handle, function->name);
        if (!*function->address) {
            snprintf(
                problem, size, "%s lacks %s: it is too old; %s", library->file, function->name, library->advice);
            return false;
        }
    }
    return true;
}
