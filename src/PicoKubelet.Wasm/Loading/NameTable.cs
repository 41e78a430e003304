namespace PicoKubelet.Wasm;

/// <summary>Makes arrays of strings that are safe to read before they are written.</summary>
internal static class NameTable
{
    /// <summary>
    /// Makes an array whose elements are all null. On a device those of <c>new string[count]</c> are no proper null until null was
    /// stored there: to compare one reads address 0.
    /// </summary>
    /// <param name="count">The number of elements.</param>
    /// <returns>The array.</returns>
    public static string[] Make(int count)
    {
        string[] names = new string[count];
        for (int i = 0; i < count; i++)
        {
            names[i] = null;
        }

        return names;
    }
}
