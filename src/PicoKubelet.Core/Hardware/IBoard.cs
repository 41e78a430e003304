namespace PicoKubelet.Hardware;

/// <summary>The microcontroller itself: what it is, how much memory it has left, and its reset.</summary>
public interface IBoard
{
    /// <summary>Gets the name of the CLR's build target, such as <c>ESP32_S3_QUAD</c> or <c>PICO_RP2040_W</c>; the board profile follows from it.</summary>
    string TargetName { get; }

    /// <summary>Gets the version of the nanoFramework CLR, such as <c>1.16.0.321</c>.</summary>
    string RuntimeVersion { get; }

    /// <summary>Gets the free managed heap.</summary>
    /// <returns>Bytes. On a device this runs a garbage collection, so it is for once in a heartbeat, not for every request.</returns>
    long GetFreeHeap();

    /// <summary>Gets the size of the managed heap.</summary>
    /// <returns>Bytes.</returns>
    long GetTotalHeap();

    /// <summary>Sets the system's clock, by which TLS checks certificates.</summary>
    /// <param name="utc">The time, UTC.</param>
    void SetClock(System.DateTime utc);

    /// <summary>Restarts the board. On a device this does not return.</summary>
    /// <param name="reason">Why, in a few words. A device has no use for it: <see cref="Runtime.Rebooter"/> has logged and stored it.</param>
    void Reboot(string reason);
}
