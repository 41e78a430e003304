namespace PicoKubelet.ApiServer.Patching;

/// <summary>An item of a list that merges by key has no such key. The real server calls that an error of its own.</summary>
internal sealed class MissingMergeKeyException(string message) : Exception(message);
