/*
 * The container's environment in memory of the header's own: getenv of the standard library needs malloc, which is 9 KB of a program.
 */
#ifndef PICO_ENV_H
#define PICO_ENV_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The bytes that all variables may have together, NAME=value and a 0 each; and their number. */
#ifndef PICO_ENV_BYTES
#define PICO_ENV_BYTES 256
#endif
#ifndef PICO_ENV_COUNT
#define PICO_ENV_COUNT 12
#endif

__attribute__((import_module("wasi_snapshot_preview1"), import_name("environ_sizes_get"))) int pico_environ_sizes_get(size_t *count, size_t *bytes);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("environ_get"))) int pico_environ_get(char **variables, char *text);

/* A variable's value; NULL where there is none, and where all of them take more than PICO_ENV_BYTES. */
static inline const char *pico_env(const char *name)
{
    static char *variables[PICO_ENV_COUNT];
    static char text[PICO_ENV_BYTES];
    size_t count = 0;
    size_t bytes = 0;
    if (pico_environ_sizes_get(&count, &bytes) != 0 || count > PICO_ENV_COUNT || bytes > PICO_ENV_BYTES || pico_environ_get(variables, text) != 0)
    {
        return NULL;
    }

    for (size_t i = 0; i < count; i++)
    {
        size_t at = 0;
        while (name[at] != 0 && name[at] == variables[i][at])
        {
            at++;
        }

        if (name[at] == 0 && variables[i][at] == '=')
        {
            return variables[i] + at + 1;
        }
    }

    return NULL;
}

#ifdef __cplusplus
}
#endif

#endif
