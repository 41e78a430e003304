using PicoKubelet.Text;

namespace PicoKubelet.Programs;

/// <summary>
/// The gauges and counters that a container's program reports. Written by the workloads' loop, read by any thread. They are the container's as
/// long as that is there: a counter goes on with the next run, and a gauge is shown again once that sets it.
/// </summary>
public sealed partial class ProgramReports
{
    /// <summary>The most gauges and counters together.</summary>
    public const int Most = 8;

    private readonly string[] _names = Strings.NewArray(Most);
    private readonly long[] _thousandths = new long[Most];

    // A bit each.
    private int _counters;
    private int _shown;

    /// <summary>Gets how many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the name of one.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The name.</returns>
    public string NameOf(int index)
    {
        return _names[index];
    }

    /// <summary>Gets the value of one.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The value, in thousandths.</returns>
    public long Thousandths(int index)
    {
        return _thousandths[index];
    }

    /// <summary>Gets whether one is a counter, and no gauge.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it is.</returns>
    public bool IsCounter(int index)
    {
        return (_counters & (1 << index)) != 0;
    }

    /// <summary>Gets whether one is to be told: a counter, or a gauge that the current run has set.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it is.</returns>
    public bool IsShown(int index)
    {
        return (_shown & (1 << index)) != 0;
    }

    /// <summary>Begins another run: what the one before measured is no news.</summary>
    internal void BeginRun()
    {
        _shown &= _counters;
    }

    /// <summary>Finds one by its name, which is ASCII, or makes it.</summary>
    /// <returns>Its index, or -1 where there is no room for another one.</returns>
    internal int FindOrAdd(byte[] name, int length, bool isCounter)
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsCounter(i) == isCounter && IsName(_names[i], name, length))
            {
                return i;
            }
        }

        if (Count == Most)
        {
            return -1;
        }

        _names[Count] = Utf8.Encoding.GetString(name, 0, length);
        _counters |= isCounter ? 1 << Count : 0;
        return Count++;
    }

    /// <summary>Sets the value of one.</summary>
    internal void Set(int index, long thousandths)
    {
        _thousandths[index] = thousandths;
        _shown |= 1 << index;
    }

    /// <summary>Compares a text with a name, which is ASCII.</summary>
    internal static bool IsName(string text, byte[] name, int length)
    {
        int same = 0;
        while (same < length && same < text.Length && text[same] == name[same])
        {
            same++;
        }

        return same == length && same == text.Length;
    }
}
