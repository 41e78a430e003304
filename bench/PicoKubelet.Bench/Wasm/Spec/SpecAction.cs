namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>A call of an export, or the reading of an exported global.</summary>
internal sealed record SpecAction
{
    /// <summary>Gets <c>invoke</c> or <c>get</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the module's name; null for the last one.</summary>
    public string? Module { get; init; }

    /// <summary>Gets the export's name.</summary>
    public required string Field { get; init; }

    /// <summary>Gets the arguments.</summary>
    public SpecConstant[]? Args { get; init; }
}
