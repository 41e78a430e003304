using System.Text;

namespace PicoKubelet.Bench.Workloads.Programs;

/// <summary>Writes a WebAssembly module of one function, <c>_start</c>, a page of memory and an empty table.</summary>
internal sealed class ModuleWriter
{
    private const byte Int32 = 0x7f;
    private const byte Int64 = 0x7e;
    private const byte Function = 0x60;

    private readonly List<byte[]> _types = [[Function, 0, 0]];
    private readonly List<byte[]> _imports = [];
    private readonly List<byte[]> _data = [];

    /// <summary>Gets the number of <c>_start</c>: behind all imports.</summary>
    public int StartFunction => _imports.Count;

    /// <summary>Imports a function.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="signature">Its parameters, a colon and its result: i and I for 32 and 64 bits.</param>
    /// <returns>Its number.</returns>
    public int Import(string module, string name, string signature)
    {
        string[] parts = signature.Split(':');
        List<byte> type = [Function, (byte)parts[0].Length, .. parts[0].Select(TypeOf), (byte)parts[1].Length, .. parts[1].Select(TypeOf)];
        _types.Add([.. type]);
        List<byte> import = [.. Name(module), .. Name(name), 0];
        CodeWriter.Unsigned(import, _types.Count - 1);
        _imports.Add([.. import]);
        return _imports.Count - 1;
    }

    /// <summary>Puts text into the memory, at an address below 64.</summary>
    public void Data(byte address, string text) => _data.Add([0, 0x41, address, 0x0b, .. Name(text)]);

    /// <summary>Writes the module.</summary>
    /// <param name="code">The function, without its end.</param>
    /// <param name="locals">How many locals of 32 bits it has.</param>
    public byte[] Write(CodeWriter code, byte locals = 0)
    {
        byte[] body = [.. locals == 0 ? (byte[])[0] : [1, locals, Int32], .. code.ToArray(), 0x0b];
        List<byte> sized = [];
        CodeWriter.Unsigned(sized, body.Length);
        sized.AddRange(body);
        List<byte> export = [.. Name("_start"), 0];
        CodeWriter.Unsigned(export, StartFunction);
        return
        [
            0, .. "asm"u8, 1, 0, 0, 0,
            .. Section(1, _types),
            .. Section(2, _imports),
            .. Section(3, [[0]]),
            .. Section(4, [[0x70, 0, 1]]),
            .. Section(5, [[0, 1]]),
            .. Section(7, [[.. Name("memory"), 2, 0], [.. export]]),
            .. Section(10, [[.. sized]]),
            .. Section(11, _data),
        ];
    }

    private static byte TypeOf(char letter) => letter == 'I' ? Int64 : Int32;

    private static byte[] Name(string text)
    {
        List<byte> name = [];
        CodeWriter.Unsigned(name, Encoding.UTF8.GetByteCount(text));
        name.AddRange(Encoding.UTF8.GetBytes(text));
        return [.. name];
    }

    private static byte[] Section(byte id, List<byte[]> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        List<byte> content = [];
        CodeWriter.Unsigned(content, entries.Count);
        entries.ForEach(content.AddRange);
        List<byte> section = [id];
        CodeWriter.Unsigned(section, content.Count);
        section.AddRange(content);
        return [.. section];
    }
}
