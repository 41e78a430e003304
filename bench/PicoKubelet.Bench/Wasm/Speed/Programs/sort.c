// Heap sort of a thousand numbers. SortWork.cs is the same in C#.
typedef unsigned int u32;

enum { Count = 1000 };

static u32 numbers[Count];

static void sift(int root, int end)
{
    u32 moved = numbers[root];
    for (int child = root * 2 + 1; child < end; child = root * 2 + 1)
    {
        if (child + 1 < end && numbers[child + 1] > numbers[child])
        {
            child++;
        }

        if (numbers[child] <= moved)
        {
            break;
        }

        numbers[root] = numbers[child];
        root = child;
    }

    numbers[root] = moved;
}

int run(int rounds)
{
    u32 sum = 1;
    for (int round = 0; round < rounds; round++)
    {
        for (int i = 0; i < Count; i++)
        {
            sum = sum * 1664525 + 1013904223;
            numbers[i] = sum;
        }

        for (int root = Count / 2 - 1; root >= 0; root--)
        {
            sift(root, Count);
        }

        for (int end = Count - 1; end > 0; end--)
        {
            u32 largest = numbers[0];
            numbers[0] = numbers[end];
            numbers[end] = largest;
            sift(0, end);
        }

        for (int i = 0; i < Count; i++)
        {
            sum = (sum << 1 | sum >> 31) ^ numbers[i];
        }
    }

    return (int)sum;
}
