using System.Text;

namespace PicoKubelet.Bench.Costs;

/// <summary>Measures one HTTP message as it passes: how much of it is head, and how much body.</summary>
internal sealed class MessageMeter
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly List<byte> _head = [];
    private int _matched;

    public long Total { get; private set; }

    /// <summary>Gets the body's bytes, those of its chunks' sizes included.</summary>
    public long Body => _matched == HeadEnd.Length ? Total - _head.Count : 0;

    /// <summary>Gets the path of a request, without its query.</summary>
    public string Path => Encoding.ASCII.GetString([.. _head]).Split(' ', 3).ElementAtOrDefault(1)?.Split('?')[0] ?? "";

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        for (int i = 0; i < bytes.Length && _matched < HeadEnd.Length; i++)
        {
            _head.Add(bytes[i]);
            _matched = bytes[i] == HeadEnd[_matched] ? _matched + 1 : bytes[i] == HeadEnd[0] ? 1 : 0;
        }
    }
}
