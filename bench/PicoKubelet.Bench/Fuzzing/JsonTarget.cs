using PicoKubelet.Json;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The JSON reader: it takes what is JSON and nothing else, as .NET's does.</summary>
internal sealed class JsonTarget : FuzzTarget
{
    private readonly Pieces _pieces = new();
    private readonly JsonReader _reader = new(64, 128);

    public override string Name => "json";

    public override FuzzGrammar Grammar => FuzzGrammar.Json;

    // The exception, and its trace.
    public override int MaxAllocation => 4096;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"nodes \"a\" not found","reason":"NotFound","details":{"name":"a","kind":"nodes"},"code":404}"""u8.ToArray(),
        """[1,-2.5,3e10,"\u00e9\ud83d\ude00\n",true,false,null,{},[],[[[{"a":[0]}]]]]"""u8.ToArray(),
        "\uFEFF{ \"a\" : \"ä€😀\" ,\r\n\t\"b\":[ ] }"u8.ToArray(),
        "\"text\""u8.ToArray(),
        "-0.5E-3"u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), ":"u8.ToArray(), ","u8.ToArray(), "\""u8.ToArray(), "\\\""u8.ToArray(), "\\u"u8.ToArray(), "\\u0000"u8.ToArray(),
        "\\ud83d"u8.ToArray(), "true"u8.ToArray(), "false"u8.ToArray(), "null"u8.ToArray(), "-"u8.ToArray(), "e"u8.ToArray(), "\"a\":"u8.ToArray(),
        "[[[[[[[[[[[[[[[["u8.ToArray(), "//"u8.ToArray(), "NaN"u8.ToArray(),
    ];

    public override long Feed(byte[] input, int pieceSize)
    {
        _pieces.Reset(input, pieceSize);
        _reader.Reset(_pieces);
        bool isRead = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            while (_reader.Read() != JsonToken.End)
            {
            }
        }
        catch (JsonException e)
        {
            isRead = false;
            Require(e.Position >= 0 && e.Position <= input.Length, $"position {e.Position} of {input.Length}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Require(isRead == JsonOracle.IsJson(input), isRead ? "takes what is no JSON" : "refuses JSON");
        Accepted += isRead ? 1 : 0;
        return allocated;
    }
}
