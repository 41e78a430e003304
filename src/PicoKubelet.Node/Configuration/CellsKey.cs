using PicoKubelet.Outputs;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value sets memory cells: <c>0=0x42,1=0x43</c>.</summary>
internal sealed class CellsKey : ConfigurationKey
{
    public CellsKey(string name, int maxBytes)
        : base(name, maxBytes)
    {
    }

    /// <inheritdoc/>
    public override string Range => "cell=byte, separated by commas or lines, cells 0 to 1023 and bytes 0 to 255, decimal or 0x hexadecimal";

    /// <inheritdoc/>
    public override void Write(Utf8Writer output, ConfigurationValues values)
    {
        // Decimal and without zeros: never longer than the text that the cells were read from.
        bool isFirst = true;
        for (int i = 0; i < MemoryCells.Count; i++)
        {
            if (values.Cell(i) != 0)
            {
                output.Write(isFirst ? "" : ",");
                output.Write(i);
                output.WriteByte((byte)'=');
                output.Write(values.Cell(i));
                isFirst = false;
            }
        }
    }

    /// <inheritdoc/>
    public override void Copy(ConfigurationValues from, ConfigurationValues to)
    {
        to.CopyCells(from);
    }

    /// <inheritdoc/>
    public override bool AreSame(ConfigurationValues one, ConfigurationValues other)
    {
        for (int i = 0; i < MemoryCells.Count; i++)
        {
            if (one.Cell(i) != other.Cell(i))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    protected override string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        values.ClearCells();
        while (text.NextPart(','))
        {
            if (!text.TrySplitNumber('=', out int cell) || cell >= MemoryCells.Count || !text.TryGetNumber(out int value) || value > byte.MaxValue)
            {
                return "must be " + Range;
            }

            values.SetCell(cell, (byte)value);
        }

        return null;
    }
}
