namespace PicoKubelet.Wasm;


/// <summary>The function names of a name section: a vector of index and name.</summary>
internal static class NameSection
{
    /// <summary>The name of a function, null without one or where the section is broken.</summary>
    public static string Find(byte[] names, int function)
    {
        var at = 0;
        var count = Number(names, ref at);
        for (var i = 0; i < count && at < names.Length; i++)
        {
            var index = Number(names, ref at);
            var length = Number(names, ref at);
            if (length < 0 || length > names.Length - at)
            {
                return null;
            }

            if (index == function)
            {
                return WasmReader.Utf8(names, at, length);
            }

            at += length;
        }

        return null;
    }

    private static int Number(byte[] bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; at < bytes.Length && shift < 35; shift += 7)
        {
            int next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return -1;
    }
}
