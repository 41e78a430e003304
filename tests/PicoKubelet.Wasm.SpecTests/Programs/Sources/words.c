// What wasi-libc needs of a host: arguments, variables, the heap, formatting of numbers, both streams, an exit code.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int count, char **words)
{
    size_t total = 0;
    char **sorted = malloc(sizeof *sorted * (size_t)count);
    for (int i = 1; i < count; i++)
    {
        sorted[i - 1] = strdup(words[i]);
        total += strlen(words[i]);
    }

    qsort(sorted, (size_t)(count - 1), sizeof *sorted, compare);
    for (int i = 0; i < count - 1; i++)
    {
        printf("%s%s", i > 0 ? " " : "", sorted[i]);
        free(sorted[i]);
    }

    free(sorted);
    printf("\n%d words, %.3f letters each\n", count - 1, (double)total / (count - 1));
    fprintf(stderr, "GREETING is %s\n", getenv("GREETING"));
    return 3;
}
