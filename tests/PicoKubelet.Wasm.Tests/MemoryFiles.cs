using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>Two folders: /etc/app with a file "a", one that is too large and one that is not known yet, and /data with another file "a".</summary>
internal sealed class MemoryFiles : IWasiFiles, IWasiHost
{
    /// <summary>What the file "a" of the first folder holds, behind a byte of the host's.</summary>
    public string Content { get; set; } = "hello";

    public bool IsKnown { get; set; }

    public int FolderCount => 2;

    public string Folder(int folder) => folder == 0 ? "/etc/app" : "/data";

    public int Find(int folder, byte[] name, int start, int length, out byte[] file, out int from)
    {
        var text = TextOf(name, start, length);
        from = 1;
        file = null;
        if (text == "large")
        {
            return 22;
        }

        if (text == "late" && !IsKnown)
        {
            return -1;
        }

        file = text == "a" || text == "late" ? BytesOf("." + (folder == 0 ? Content : "other")) : null;
        return file == null ? 44 : 0;
    }

    public static byte[] BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)text[i];
        }

        return bytes;
    }

    public static string TextOf(byte[] bytes, int start, int length)
    {
        var text = string.Empty;
        for (var i = 0; i < length; i++)
        {
            text += (char)bytes[start + i];
        }

        return text;
    }

    public long Nanoseconds(int clock) => 1000;

    public void Random(byte[] buffer, int count)
    {
    }

    public void Write(int descriptor, byte[] buffer, int count)
    {
    }
}
