namespace PicoKubelet.Text;

/// <summary>Arrays of strings that are safe to read before they are written.</summary>
public static class Strings
{
    /// <summary>
    /// Makes an array whose elements are all null. To be used in place of <c>new string[count]</c>: on a device the elements of
    /// such an array are no proper null until null was stored there. To compare one reads address 0, which gives garbage on one
    /// chip and a fault on another.
    /// </summary>
    /// <param name="count">The number of elements.</param>
    /// <returns>The array.</returns>
    public static string[] NewArray(int count)
    {
        string[] array = new string[count];
        for (int i = 0; i < count; i++)
        {
            array[i] = null;
        }

        return array;
    }
}
