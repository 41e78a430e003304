namespace PicoKubelet.Outputs;

/// <summary>The byte cells that the ConfigMap's <c>memory_values</c> sets and <c>/pico/memory</c> shows. Written by one thread, read by any.</summary>
public sealed class MemoryCells
{
    /// <summary>The number of cells, as in k3s-pico-node: 0 to 1023.</summary>
    public const int Count = 1024;

    private readonly byte[] _cells = new byte[Count];

    /// <summary>Gets the cells themselves, for the configuration, which sets them all at once.</summary>
    public byte[] Bytes => _cells;

    /// <summary>Gets or sets a cell.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its value, 0 at the start.</returns>
    public byte this[int index]
    {
        get => _cells[index];
        set => _cells[index] = value;
    }
}
