namespace PicoKubelet.Hardware;

/// <summary>The board as an access point.</summary>
public interface IAccessPoint
{
    /// <summary>Gets whether the network is open.</summary>
    bool IsOpen { get; }
}
