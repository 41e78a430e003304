namespace PicoKubelet.Http.Server;

/// <summary>Knows the address of a port, and is told why it is not open.</summary>
public interface IPortOwner
{
    /// <summary>Gets the board's address, or null while it has none.</summary>
    string Address { get; }

    /// <summary>Gets or sets why the port is not open, in a few words, or null. Written by who listens.</summary>
    string PortFailure { get; set; }
}
