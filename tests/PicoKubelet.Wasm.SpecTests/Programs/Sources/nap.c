// Waits, and looks at the clock around it.
#include <stdio.h>
#include <time.h>

int main(void)
{
    struct timespec before, after;
    struct timespec nap = { .tv_sec = 1, .tv_nsec = 500000000 };
    printf("tired\n");
    fflush(stdout);
    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&nap, 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long long milliseconds = (after.tv_sec - before.tv_sec) * 1000LL + (after.tv_nsec - before.tv_nsec) / 1000000;
    printf("slept %lld ms\n", milliseconds);
    return 0;
}
