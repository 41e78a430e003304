using System;

namespace PicoKubelet.Outputs;

/// <summary>
/// The byte cells that the ConfigMap's <c>memory_values</c> sets and <c>/pico/memory</c> shows. Written by one thread, read by any. They are in pages
/// that come into being with the first cell of theirs that is not 0.
/// </summary>
public sealed class MemoryCells
{
    /// <summary>The number of cells, as in k3s-pico-node: 0 to 1023.</summary>
    public const int Count = 1024;

    private const int PageBytes = 128;

    private readonly byte[][] _pages = new byte[Count / PageBytes][];

    /// <summary>Gets or sets a cell.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its value, 0 at the start.</returns>
    public byte this[int index]
    {
        get
        {
            byte[] page = _pages[index / PageBytes];
            return page == null ? (byte)0 : page[index % PageBytes];
        }

        set
        {
            byte[] page = _pages[index / PageBytes];
            if (page == null && value != 0)
            {
                page = new byte[PageBytes];
                _pages[index / PageBytes] = page;
            }

            if (page != null)
            {
                page[index % PageBytes] = value;
            }
        }
    }

    /// <summary>Takes over all cells.</summary>
    /// <param name="cells">Where they are, or null for 0 in each.</param>
    /// <param name="start">The place of the first.</param>
    internal void CopyFrom(byte[] cells, int start)
    {
        for (int i = 0; i < _pages.Length; i++)
        {
            int first = start + (i * PageBytes);
            if (_pages[i] == null && (cells == null || IsZero(cells, first)))
            {
                continue;
            }

            _pages[i] = _pages[i] ?? new byte[PageBytes];
            if (cells == null)
            {
                Array.Clear(_pages[i], 0, PageBytes);
            }
            else
            {
                Array.Copy(cells, first, _pages[i], 0, PageBytes);
            }
        }
    }

    /// <summary>Copies all cells.</summary>
    /// <param name="cells">Where to.</param>
    /// <param name="start">The place of the first.</param>
    internal void CopyTo(byte[] cells, int start)
    {
        for (int i = 0; i < _pages.Length; i++)
        {
            if (_pages[i] == null)
            {
                Array.Clear(cells, start + (i * PageBytes), PageBytes);
            }
            else
            {
                Array.Copy(_pages[i], 0, cells, start + (i * PageBytes), PageBytes);
            }
        }
    }

    private static bool IsZero(byte[] cells, int first)
    {
        int end = first + PageBytes;
        while (first < end && cells[first] == 0)
        {
            first++;
        }

        return first == end;
    }
}
