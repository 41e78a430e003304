using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>Something that is wired to the board and in use, with its pins.</summary>
public abstract class WiredPart
{
    private readonly PinClaim _claim;

    /// <summary>Initializes the part.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="claim">Its pins.</param>
    internal WiredPart(WiredSpec spec, PinClaim claim)
    {
        Spec = spec;
        _claim = claim;
    }

    /// <summary>Gets what it is.</summary>
    public WiredSpec Spec { get; }

    /// <summary>Gets how often it failed since it is in use.</summary>
    public int Errors { get; internal set; }

    /// <summary>Begins with it: what does not work throws.</summary>
    internal abstract void Open();

    /// <summary>Ends with it; a second call does nothing.</summary>
    internal virtual void Close()
    {
        _claim?.Release();
    }
}
