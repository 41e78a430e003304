namespace PicoKubelet.Wasm;


/// <summary>Where an instance stands after <see cref="WasmInstance.Run"/>.</summary>
public enum WasmStatus
{
    /// <summary>Nothing was begun, or what was begun has been taken away with <see cref="WasmInstance.Abort"/>.</summary>
    Idle,

    /// <summary>The fuel of this run is used up; the next run goes on.</summary>
    OutOfFuel,

    /// <summary>A host function asked to wait, see <see cref="WasmInstance.WakeAt"/>; the next run goes on.</summary>
    Waiting,

    /// <summary>The call has returned; its results can be read.</summary>
    Finished,

    /// <summary>The call was ended by a trap, see <see cref="WasmInstance.Trap"/>.</summary>
    Trapped,

    /// <summary>The program ended itself, see <see cref="WasmInstance.ExitCode"/>.</summary>
    Exited,
}
