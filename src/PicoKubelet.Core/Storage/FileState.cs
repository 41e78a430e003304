using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

/// <summary>Tells a file that is whole from one that a power cut left behind.</summary>
internal static class FileState
{
    private const int BlockBytes = 64;

    /// <summary>
    /// Looks at a file: what the device wrote is whole if its checksum is right; what somebody put there, a JSON document without
    /// one, if it ends where its first object does.
    /// </summary>
    /// <param name="stored">The open file; read to its end.</param>
    /// <param name="isSealed">Whether it has a checksum, be it the right one or not.</param>
    /// <returns>Whether it is whole.</returns>
    public static bool IsWhole(IStoredFile stored, out bool isSealed)
    {
        SealedFile file = new SealedFile(stored);
        byte[] block = new byte[BlockBytes];
        int depth = 0;
        bool isInString = false;
        bool isEscaped = false;
        bool hasEnded = false;
        int read = file.Read(block, 0, BlockBytes);
        while (read > 0)
        {
            for (int i = 0; i < read; i++)
            {
                byte b = block[i];
                if (isInString)
                {
                    isInString = isEscaped || b != '"';
                    isEscaped = !isEscaped && b == '\\';
                }
                else if (b == '"')
                {
                    isInString = true;
                }
                else if (b == '{' || b == '}')
                {
                    depth += b == '{' ? 1 : -1;
                    hasEnded |= depth == 0;
                }
            }

            read = file.Read(block, 0, BlockBytes);
        }

        isSealed = file.HasHead;
        return isSealed ? file.IsSound : hasEnded && depth == 0 && !isInString;
    }
}
