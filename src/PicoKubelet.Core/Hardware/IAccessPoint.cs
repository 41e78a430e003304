namespace PicoKubelet.Hardware;

/// <summary>The board as an access point.</summary>
public interface IAccessPoint
{
}
