// Integer work of CoreMark's four kinds: a linked list that is searched and turned round, a matrix product, a state
// machine over text, and a CRC over what they give. IntegerWork.cs is the same in C#.
typedef unsigned int u32;
typedef unsigned char u8;

enum { Nodes = 64, Side = 12, Text = 256 };

static u32 next[Nodes];
static u32 value[Nodes];
static int a[Side * Side];
static int b[Side * Side];
static int c[Side * Side];
static u8 text[Text];

static u32 crc(u32 sum, u32 data)
{
    for (int bit = 0; bit < 16; bit++)
    {
        u32 carry = (sum ^ data) & 1;
        sum >>= 1;
        data >>= 1;
        if (carry)
        {
            sum ^= 0xA001;
        }
    }

    return sum;
}

static u32 list(u32 seed)
{
    u32 found = 0;
    for (u32 i = 0; i < Nodes; i++)
    {
        next[i] = i + 1;
        value[i] = (i * 37 + seed) & 0xFF;
    }

    for (u32 wanted = 0; wanted < 16; wanted++)
    {
        for (u32 node = 0; node != Nodes; node = next[node])
        {
            if (value[node] == wanted)
            {
                found += node;
                break;
            }
        }
    }

    u32 head = Nodes;
    for (u32 node = 0; node != Nodes;)
    {
        u32 after = next[node];
        next[node] = head;
        head = node;
        node = after;
    }

    for (u32 node = head; node != Nodes; node = next[node])
    {
        found = found * 3 + value[node];
    }

    return found;
}

static u32 matrix(u32 seed)
{
    for (int i = 0; i < Side * Side; i++)
    {
        a[i] = (int)((seed + i) & 0x3F);
        b[i] = (int)((seed ^ i) & 0x3F);
    }

    int sum = 0;
    for (int row = 0; row < Side; row++)
    {
        for (int column = 0; column < Side; column++)
        {
            int cell = 0;
            for (int k = 0; k < Side; k++)
            {
                cell += a[row * Side + k] * b[k * Side + column];
            }

            c[row * Side + column] = cell;
            sum ^= cell >> 3;
        }
    }

    return (u32)sum;
}

static u32 states(u32 seed)
{
    for (u32 i = 0; i < Text; i++)
    {
        seed = seed * 1103515245 + 12345;
        text[i] = (u8)("0123456789.e+-, "[(seed >> 16) & 15]);
    }

    u32 counts = 0;
    int state = 0;
    for (u32 i = 0; i < Text; i++)
    {
        u8 unit = text[i];
        int isDigit = unit >= '0' && unit <= '9';
        switch (state)
        {
            case 0: state = isDigit ? 1 : unit == '+' || unit == '-' ? 2 : unit == ',' ? 0 : 5; break;
            case 1: state = isDigit ? 1 : unit == '.' ? 3 : unit == 'e' ? 4 : unit == ',' ? 0 : 5; break;
            case 2: state = isDigit ? 1 : 5; break;
            case 3: state = isDigit ? 3 : unit == 'e' ? 4 : unit == ',' ? 0 : 5; break;
            case 4: state = isDigit ? 3 : unit == '+' || unit == '-' ? 4 : 5; break;
            default: state = unit == ',' || unit == ' ' ? 0 : 5; break;
        }

        counts = counts * 7 + (u32)state;
    }

    return counts;
}

int run(int rounds)
{
    u32 sum = 0;
    for (int i = 0; i < rounds; i++)
    {
        sum = crc(sum, list((u32)i));
        sum = crc(sum, matrix(sum));
        sum = crc(sum, states(sum));
    }

    return (int)sum;
}
