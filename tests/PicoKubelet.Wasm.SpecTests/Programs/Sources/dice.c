// Takes random bytes.
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    unsigned char bytes[4];
    if (getentropy(bytes, sizeof bytes) != 0)
    {
        return 1;
    }

    printf("%d %d %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
    return 0;
}
