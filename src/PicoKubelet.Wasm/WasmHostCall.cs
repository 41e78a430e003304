namespace PicoKubelet.Wasm;


/// <summary>
/// A program's call of a host function: its arguments, its results, and the memory of the instance that calls.
/// One object serves all calls of an instance; do not keep it.
/// </summary>
public sealed class WasmHostCall
{
    internal const int Returned = 0;
    internal const int Waits = 1;
    internal const int Retries = 2;
    internal const int Exited = 3;
    internal const int Failed = 4;

    // Arguments, and in their place the results: bits as in the API.
    internal long[] Values = new long[4];
    internal int Outcome;
    internal string Failure;

    internal WasmHostCall(WasmInstance instance)
    {
        Instance = instance;
    }

    /// <summary>The instance that calls.</summary>
    public WasmInstance Instance { get; internal set; }

    /// <summary>The memory of the instance that calls.</summary>
    /// <exception cref="WasmTrapException">It has none.</exception>
    public WasmMemory Memory => Instance.Memory ?? throw new WasmTrapException(WasmTrapKind.OutOfBoundsMemoryAccess);

    /// <summary>An argument's bits; those of 32 bits are the lower ones, the upper ones are 0.</summary>
    public long GetBits(int index) => Values[index];

    /// <summary>An argument of type I32.</summary>
    public int GetInt32(int index) => (int)Values[index];

    /// <summary>An argument of type F32.</summary>
    public float GetSingle(int index) => Floats.ToSingle((int)Values[index]);

    /// <summary>An argument of type F64.</summary>
    public double GetDouble(int index) => Floats.ToDouble(Values[index]);

    /// <summary>Sets the first result by its bits. Read all arguments before: results take their place.</summary>
    public void SetBits(long bits) => Values[0] = bits;

    /// <summary>Sets a result by its bits. Read all arguments before: results take their place.</summary>
    public void SetBits(int index, long bits) => Values[index] = bits;

    /// <summary>Sets the only result, of type I32.</summary>
    public void SetInt32(int value) => Values[0] = value;

    /// <summary>Sets the only result, of type F32.</summary>
    public void SetSingle(float value) => Values[0] = Floats.ToBits(value);

    /// <summary>Sets the only result, of type F64.</summary>
    public void SetDouble(double value) => Values[0] = Floats.ToBits(value);

    /// <summary>
    /// Suspends the instance: the results are taken now, and the program goes on behind the call with the next
    /// <see cref="WasmInstance.Run"/>, which the caller makes when the time has come.
    /// </summary>
    /// <param name="time">Is told as <see cref="WasmInstance.WakeAt"/>; in the host's own unit.</param>
    public void WaitUntil(long time)
    {
        Outcome = Waits;
        Instance.WakeAt = time;
    }

    /// <summary>Suspends the instance, and makes this very call again with the next <see cref="WasmInstance.Run"/>.</summary>
    /// <param name="time">Is told as <see cref="WasmInstance.WakeAt"/>; in the host's own unit.</param>
    public void RetryAt(long time)
    {
        Outcome = Retries;
        Instance.WakeAt = time;
    }

    /// <summary>Ends the program, as <c>exit</c> does: the run returns <see cref="WasmStatus.Exited"/>.</summary>
    public void Exit(int code)
    {
        Outcome = Exited;
        Instance.ExitCode = code;
    }

    /// <summary>Ends the program with a trap of kind Host.</summary>
    /// <param name="text">Why.</param>
    public void Fail(string text)
    {
        Outcome = Failed;
        Failure = text;
    }
}
