namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>Programs/sha256.c in C#.</summary>
internal sealed class Sha256Work : Workload
{
    private const int Length = 1024;

    private static readonly uint[] K =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _hash = new uint[8];
    private readonly uint[] _w = new uint[64];
    private readonly byte[] _message = new byte[Length + 64];

    public override string Name => "sha256";

    public override int Rounds => 400;

    public override int Run(int rounds)
    {
        Array.Clear(_message);
        _message[Length] = 0x80;
        _message[Length + 62] = Length * 8 >> 8;
        _message[Length + 63] = Length * 8 & 0xFF;
        for (int round = 0; round < rounds; round++)
        {
            Begin();
            for (int at = 0; at < Length + 64; at += 64)
            {
                Block(at);
            }

            for (int i = 0; i < 32; i++)
            {
                _message[i] = (byte)(_hash[i >> 2] >> (24 - ((i & 3) * 8)));
            }
        }

        return (int)_hash[0];
    }

    private void Begin()
    {
        _hash[0] = 0x6a09e667;
        _hash[1] = 0xbb67ae85;
        _hash[2] = 0x3c6ef372;
        _hash[3] = 0xa54ff53a;
        _hash[4] = 0x510e527f;
        _hash[5] = 0x9b05688c;
        _hash[6] = 0x1f83d9ab;
        _hash[7] = 0x5be0cd19;
    }

    private static uint Turn(uint word, int bits)
    {
        return (word >> bits) | (word << (32 - bits));
    }

    private void Block(int at)
    {
        for (int i = 0; i < 16; i++)
        {
            int from = at + (i * 4);
            _w[i] = ((uint)_message[from] << 24) | ((uint)_message[from + 1] << 16) | ((uint)_message[from + 2] << 8) | _message[from + 3];
        }

        for (int i = 16; i < 64; i++)
        {
            uint s0 = Turn(_w[i - 15], 7) ^ Turn(_w[i - 15], 18) ^ (_w[i - 15] >> 3);
            uint s1 = Turn(_w[i - 2], 17) ^ Turn(_w[i - 2], 19) ^ (_w[i - 2] >> 10);
            _w[i] = _w[i - 16] + s0 + _w[i - 7] + s1;
        }

        uint a = _hash[0], b = _hash[1], c = _hash[2], d = _hash[3], e = _hash[4], f = _hash[5], g = _hash[6], h = _hash[7];
        for (int i = 0; i < 64; i++)
        {
            uint t1 = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + _w[i];
            uint t2 = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }

        Add(a, b, c, d);
        _hash[4] += e;
        _hash[5] += f;
        _hash[6] += g;
        _hash[7] += h;
    }

    private void Add(uint a, uint b, uint c, uint d)
    {
        _hash[0] += a;
        _hash[1] += b;
        _hash[2] += c;
        _hash[3] += d;
    }
}
