using System;
using PicoKubelet.Io;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value sets memory cells: <c>0=0x42,1=0x43</c>.</summary>
internal sealed class CellsKey : ConfigurationKey
{
    public CellsKey(string name, string purpose, int maxBytes)
        : base(name, "cell=byte list", "cell=byte, separated by commas or lines, cells 0 to 1023 and bytes 0 to 255, decimal or 0x hexadecimal", "all cells 0", purpose, maxBytes)
    {
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        // Decimal and without zeros: never longer than the text that the cells were read from.
        bool isFirst = true;
        for (int i = 0; i < values.Cells.Length; i++)
        {
            if (values.Cells[i] != 0)
            {
                output.Write(isFirst ? "" : ",");
                output.Write(i);
                output.WriteByte((byte)'=');
                output.Write(values.Cells[i]);
                isFirst = false;
            }
        }
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        Array.Clear(to.Cells, 0, to.Cells.Length);
        Array.Copy(from.Cells, 0, to.Cells, 0, from.Cells.Length);
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        for (int i = 0; i < MemoryCells.Count; i++)
        {
            if (CellOf(one, i) != CellOf(other, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        Array.Clear(values.Cells, 0, values.Cells.Length);
        while (text.NextPart(','))
        {
            if (!text.TrySplitNumber('=', out int cell) || cell >= MemoryCells.Count || !text.TryGetNumber(out int value) || value > byte.MaxValue)
            {
                return "must be " + Range;
            }

            values.Cells[cell] = (byte)value;
        }

        return null;
    }

    private static int CellOf(ConfigurationValues values, int index)
    {
        return index < values.Cells.Length ? values.Cells[index] : 0;
    }
}
