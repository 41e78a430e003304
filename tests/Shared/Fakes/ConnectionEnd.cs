namespace PicoKubelet.Tests.Fakes;

/// <summary>What a connection does once it has no more bytes.</summary>
internal enum ConnectionEnd
{
    /// <summary>The peer has closed it.</summary>
    Close,

    /// <summary>The peer has reset it.</summary>
    Reset,

    /// <summary>The peer is silent: the read waits for its timeout.</summary>
    Silence,
}
