namespace PicoKubelet.Wasm;


/// <summary>What WASI needs of the host.</summary>
public interface IWasiHost
{
    /// <summary>The time in nanoseconds.</summary>
    /// <param name="clock">0: since 1970; 1: of a clock that never goes back.</param>
    long Nanoseconds(int clock);

    /// <summary>Fills the first bytes of a buffer with random ones.</summary>
    void Random(byte[] buffer, int count);

    /// <summary>Takes what the program writes.</summary>
    /// <param name="descriptor">1: its output; 2: its errors.</param>
    /// <param name="buffer">Holds the bytes; is used again after the call.</param>
    /// <param name="count">How many bytes.</param>
    void Write(int descriptor, byte[] buffer, int count);
}
