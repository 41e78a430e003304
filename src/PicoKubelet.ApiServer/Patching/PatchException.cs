namespace PicoKubelet.ApiServer.Patching;

/// <summary>A patch that can not be applied.</summary>
internal sealed class PatchException(string message, bool malformed) : Exception(message)
{
    /// <summary>Whether the patch itself is wrong (400), or only does not fit the object (422).</summary>
    public bool Malformed { get; } = malformed;
}
