// Writes what opening files in vain gives, and then the first line of a mounted one whenever that is another one. Without printf, which is as large as
// the rest together.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <pico.h>

static void say(const char *text)
{
    write(1, text, strlen(text));
}

static void try_open(const char *what, const char *path, const char *mode)
{
    char number[] = " 00\n";
    int error = fopen(path, mode) == NULL ? errno : 0;
    number[1] += error / 10;
    number[2] += error % 10;
    say(what);
    say(number);
}

int main(void)
{
    char last[64] = "";
    char line[64];
    try_open("write", "/etc/app/app.conf", "r+");
    try_open("create", "/etc/app/new", "w");
    try_open("outside", "/etc/app/../passwd", "r");
    try_open("missing", "/etc/app/none", "r");
    while (!pico_stop_requested())
    {
        FILE *file = fopen("/etc/app/app.conf", "r");
        if (file == NULL)
        {
            return errno;
        }

        if (fgets(line, sizeof line, file) != NULL && strcmp(line, last) != 0)
        {
            say(line);
            strcpy(last, line);
        }

        fclose(file);
        pico_sleep_ms(500);
    }

    return 0;
}
