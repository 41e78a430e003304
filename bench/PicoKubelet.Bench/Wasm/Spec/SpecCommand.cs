namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>A command of a script, with the members that its type has.</summary>
internal sealed record SpecCommand
{
    /// <summary>Gets the type: <c>module</c>, <c>assert_return</c> and so on.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the line of the .wast file.</summary>
    public int Line { get; init; }

    /// <summary>Gets the name that later commands call the module by.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the file of the module.</summary>
    public string? Filename { get; init; }

    /// <summary>Gets <c>binary</c>, or <c>text</c> where an assembler alone could refuse it.</summary>
    public string? ModuleType { get; init; }

    /// <summary>Gets the name that imports know the instance by from now on.</summary>
    public string? As { get; init; }

    /// <summary>Gets what the failure is called.</summary>
    public string? Text { get; init; }

    /// <summary>Gets what is called or read.</summary>
    public SpecAction? Action { get; init; }

    /// <summary>Gets the results.</summary>
    public SpecConstant[]? Expected { get; init; }
}
