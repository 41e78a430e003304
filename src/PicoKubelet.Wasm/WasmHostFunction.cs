namespace PicoKubelet.Wasm;


/// <summary>A function of the host that programs can import.</summary>
public abstract class WasmHostFunction
{
    /// <summary>Takes the signature.</summary>
    /// <param name="signature">
    /// Parameters, a colon, results, one letter each: <c>i</c> I32, <c>I</c> I64, <c>f</c> F32, <c>F</c> F64; "ii:i" for
    /// example, ":" for neither.
    /// </param>
    protected WasmHostFunction(string signature)
    {
        Signature = signature;
    }

    /// <summary>Parameters and results, see the constructor.</summary>
    public string Signature { get; }

    /// <summary>
    /// Is called by the program, within <see cref="WasmInstance.Run"/>. A <see cref="WasmTrapException"/> ends the call
    /// as that trap, any other exception as a trap of kind Host.
    /// </summary>
    /// <param name="call">Arguments, results, memory, and the ways to wait or to end; the same object for each call.</param>
    public abstract void Invoke(WasmHostCall call);
}
