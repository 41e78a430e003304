namespace PicoKubelet.Bench.Fuzzing;

/// <summary>What an input is made of.</summary>
internal enum FuzzGrammar
{
    /// <summary>Lines, then a body: HTTP.</summary>
    Lines,

    /// <summary>A JSON document.</summary>
    Json,
}
