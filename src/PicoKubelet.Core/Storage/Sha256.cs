using System;
using PicoKubelet.Text;

namespace PicoKubelet.Storage;

/// <summary>
/// The digest by which images and programs are named (FIPS 180-4, SHA-256): bytes are added as they come, and nothing is allocated for
/// them. The runtime of a device has none.
/// </summary>
public sealed class Sha256 : IByteSink
{
    /// <summary>The bytes of a digest.</summary>
    public const int DigestBytes = 32;

    private const int BlockBytes = 64;
    private const int LengthBytes = 8;

    // Made with each instance rather than once: as a constant they would stay on the heap. FIPS 180-4, 4.2.2.
    private readonly uint[] _constants = new uint[]
    {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    };

    private readonly uint[] _state = new uint[]
    {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    private readonly uint[] _schedule = new uint[16];
    private readonly byte[] _block = new byte[BlockBytes];
    private int _inBlock;
    private long _length;

    /// <summary>Makes the digest of a text.</summary>
    /// <param name="text">The text; its UTF-8 counts.</param>
    /// <returns>The digest.</returns>
    public static byte[] Of(string text)
    {
        byte[] bytes = Utf8.Encoding.GetBytes(text);
        Sha256 sha = new Sha256();
        sha.Write(bytes, 0, bytes.Length);
        return sha.End();
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        _length += count;
        while (count > 0)
        {
            int take = BlockBytes - _inBlock;
            take = take < count ? take : count;
            Array.Copy(buffer, offset, _block, _inBlock, take);
            _inBlock += take;
            offset += take;
            count -= take;
            if (_inBlock == BlockBytes)
            {
                AddBlock();
            }
        }
    }

    /// <summary>Ends the bytes. Nothing may be added any more.</summary>
    /// <returns>The digest of all of them.</returns>
    public byte[] End()
    {
        _block[_inBlock++] = 0x80;
        if (_inBlock > BlockBytes - LengthBytes)
        {
            Fill(BlockBytes);
            AddBlock();
        }

        Fill(BlockBytes - LengthBytes);
        long bits = _length * 8;
        for (int i = 0; i < LengthBytes; i++)
        {
            _block[BlockBytes - 1 - i] = (byte)bits;
            bits >>= 8;
        }

        AddBlock();
        byte[] digest = new byte[DigestBytes];
        for (int i = 0; i < DigestBytes; i++)
        {
            digest[i] = (byte)(_state[i >> 2] >> (24 - ((i & 3) * 8)));
        }

        return digest;
    }

    private void Fill(int end)
    {
        while (_inBlock < end)
        {
            _block[_inBlock++] = 0;
        }
    }

    // No calls within: each costs the interpreter more than the arithmetic.
    private void AddBlock()
    {
        byte[] block = _block;
        uint[] w = _schedule;
        uint[] k = _constants;
        uint[] s = _state;
        uint a = s[0];
        uint b = s[1];
        uint c = s[2];
        uint d = s[3];
        uint e = s[4];
        uint f = s[5];
        uint g = s[6];
        uint h = s[7];
        for (int i = 0; i < 64; i++)
        {
            uint x;
            int at = i & 15;
            if (i < 16)
            {
                int from = i * 4;
                x = ((uint)block[from] << 24) | ((uint)block[from + 1] << 16) | ((uint)block[from + 2] << 8) | block[from + 3];
            }
            else
            {
                // The words of the last sixteen rounds are all that the next one needs.
                uint y = w[(i + 1) & 15];
                uint z = w[(i + 14) & 15];
                x = w[at] + w[(i + 9) & 15]
                    + (((y >> 7) | (y << 25)) ^ ((y >> 18) | (y << 14)) ^ (y >> 3))
                    + (((z >> 17) | (z << 15)) ^ ((z >> 19) | (z << 13)) ^ (z >> 10));
            }

            w[at] = x;
            x += h + k[i] + (((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7))) + (g ^ (e & (f ^ g)));
            h = g;
            g = f;
            f = e;
            e = d + x;
            x += (((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10))) + ((a & b) | (c & (a | b)));
            d = c;
            c = b;
            b = a;
            a = x;
        }

        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += d;
        s[4] += e;
        s[5] += f;
        s[6] += g;
        s[7] += h;
        _inBlock = 0;
    }
}
