using System;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>One value for each key of the ConfigMap. There is a set in force, one that is being read, and the defaults.</summary>
public sealed class ConfigurationValues
{
    /// <summary>The most labels or annotations: they share the Node's document with everything else.</summary>
    public const int MaxPairs = 8;

    private static readonly Labels NoPairs = new Labels(0);

    private readonly MemoryCells _board;
    private readonly byte[] _cells;
    private readonly int _cellsStart;
    private readonly WiredList[] _wired = new WiredList[(int)WiredKind.Count];
    private readonly int[] _numbers = new int[(int)ConfigurationNumber.Count];

    /// <summary>Initializes the values that are in force: nothing, off and 0.</summary>
    /// <param name="board">The board's memory cells.</param>
    public ConfigurationValues(MemoryCells board)
    {
        _board = board;
    }

    /// <summary>Initializes the values: nothing, off and 0.</summary>
    /// <param name="cells">Where the memory cells are, <see cref="MemoryCells.Count"/> of them; null where they are all 0 and stay so.</param>
    /// <param name="cellsStart">The place of the first cell.</param>
    public ConfigurationValues(byte[] cells, int cellsStart = 0)
    {
        _cells = cells;
        _cellsStart = cellsStart;
    }

    /// <summary>Gets the Node's labels. Sets of values share them, so they are replaced and never changed.</summary>
    public Labels NodeLabels { get; internal set; } = NoPairs;

    /// <summary>Gets the Node's annotations; replaced and never changed, as the labels.</summary>
    public Labels NodeAnnotations { get; internal set; } = NoPairs;

    /// <summary>Gets what programs of pods may ask for, by the names that they call it; replaced and never changed, as the labels.</summary>
    public Labels Programs { get; internal set; } = NoPairs;

    /// <summary>Gets or sets the pins that are outputs, a bit each.</summary>
    public ulong Outputs { get; set; }

    /// <summary>Gets or sets which of the outputs are high, a bit each.</summary>
    public ulong HighOutputs { get; set; }

    /// <summary>Gets a memory cell.</summary>
    /// <param name="index">From 0 to <see cref="MemoryCells.Count"/> - 1.</param>
    /// <returns>Its value.</returns>
    public byte Cell(int index)
    {
        return _board != null ? _board[index] : _cells == null ? (byte)0 : _cells[_cellsStart + index];
    }

    /// <summary>Gets one of the values that are numbers.</summary>
    /// <param name="which">Which.</param>
    /// <returns>The number.</returns>
    public int Number(ConfigurationNumber which)
    {
        return _numbers[(int)which];
    }

    /// <summary>Sets one of the values that are numbers.</summary>
    /// <param name="which">Which.</param>
    /// <param name="value">The number.</param>
    public void SetNumber(ConfigurationNumber which, int value)
    {
        _numbers[(int)which] = value;
    }

    /// <summary>Gets what is wired to the board.</summary>
    /// <param name="kind">What of it.</param>
    /// <returns>The list, which sets of values share.</returns>
    public WiredList Wired(WiredKind kind)
    {
        return _wired[(int)kind] ?? WiredList.None;
    }

    /// <summary>Sets what is wired to the board.</summary>
    internal void SetWired(WiredKind kind, WiredList list)
    {
        _wired[(int)kind] = list;
    }

    /// <summary>Sets a memory cell of a set that is being read.</summary>
    internal void SetCell(int index, byte value)
    {
        _cells[_cellsStart + index] = value;
    }

    /// <summary>Takes over the memory cells of another set, into a set that has cells.</summary>
    internal void CopyCells(ConfigurationValues from)
    {
        if (_board != null)
        {
            _board.CopyFrom(from._cells, from._cellsStart);
        }
        else if (from._board != null)
        {
            from._board.CopyTo(_cells, _cellsStart);
        }
        else if (from._cells == null)
        {
            ClearCells();
        }
        else
        {
            Array.Copy(from._cells, from._cellsStart, _cells, _cellsStart, MemoryCells.Count);
        }
    }

    /// <summary>Sets all memory cells of a set that is being read to 0.</summary>
    internal void ClearCells()
    {
        Array.Clear(_cells, _cellsStart, MemoryCells.Count);
    }
}
