// Says hello and for how long the board is up, by C's standard library.
#include <stdio.h>
#include <pico.h>

int main(void)
{
    printf("hello from a board\n");
    printf("up for %lld s; memory cell 0 is %d\n", pico_uptime_ms() / 1000, pico_cell_read(0));

    // What main returns is the container's exit code: other than 0, the Job tries again.
    return 0;
}
