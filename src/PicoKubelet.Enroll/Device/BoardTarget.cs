using PicoKubelet.Hardware;

namespace PicoKubelet.Enroll.Device;

/// <summary>What nanoff has to know of a kind of board.</summary>
/// <param name="Name">nanoFramework's name of the board's CLR.</param>
/// <param name="IsPico">Whether it is flashed as a USB drive.</param>
internal sealed record BoardTarget(string Name, bool IsPico)
{
    /// <summary>Some targets, for help.</summary>
    public const string Examples = "ESP32_REV3, ESP32_S2, ESP32_S3_QUAD, ESP32_C3, ESP32_C6_THREAD, PICO_RP2040_W, PICO2_RP2350_W";

    // Espressif's chips without Wi-Fi; an H2 has 2 MB of flash besides.
    private static readonly string[] WithoutWifi = ["ESP32_H2", "ESP32_P4"];

    // An ESP32's runtime maps the drive's letter to littlefs' mount point. A Pico's takes the whole name as the file's, and programs
    // there would not find one with a drive in its name.
    private const string Esp32Drive = "I:\\";

    private const int LeastHeapForPods = 128 * 1024;

    // How nanoFramework names the images that use external RAM.
    private static readonly string[] _external = ["PSRAM", "_QUAD", "_OCTAL"];

    /// <summary>Gets the name by which nanoff has to store a file so that the firmware finds it.</summary>
    /// <param name="file">The file's name for the firmware.</param>
    public string StoredName(string file)
    {
        return IsPico ? file : Esp32Drive + file;
    }

    /// <summary>Gets whether the runtime can check certificates: that takes a clock.</summary>
    public bool HasClock => !Name.StartsWith("PICO2_RP2350", StringComparison.Ordinal);

    /// <summary>Gets whether a board of this kind has room for pods beside the node: an ESP32 without PSRAM, which the target's name tells, has none.</summary>
    public bool HasRoomForPods => BoardProfiles.ForTarget(Name).HeapBytes > LeastHeapForPods || Array.Exists(_external, Name.Contains);

    /// <summary>Gets whether the runtime can hold a static address.</summary>
    public bool HoldsStaticAddress => BoardProfiles.ForTarget(Name).HoldsStaticAddress;

    /// <summary>
    /// Gets what has to be known of the board's flash before it is flashed, or null. nanoff picks the layout by the flash that it
    /// finds, so the target does not tell: one of 2 MB leaves 64 KB to the image (ESP32) or 256 KB (C3), and nanoff says so only at the deployment.
    /// </summary>
    public string? FlashNote => IsPico ? null : "the firmware needs 4 MB of flash; nanoff --platform esp32 --devicedetails tells what the board has, and one of 2 MB can not take it";

    /// <summary>Gets the serial port that such a board usually has on this computer.</summary>
    public string UsualSerialPort => OperatingSystem.IsWindows() ? "COM9" : OperatingSystem.IsMacOS() ? "/dev/tty.usbmodem1" : IsPico ? "/dev/ttyACM0" : "/dev/ttyUSB0";

    /// <summary>Finds a target.</summary>
    /// <param name="name">nanoFramework's name of it.</param>
    /// <exception cref="EnrollException">The firmware knows no such board, or it has no Wi-Fi.</exception>
    public static BoardTarget Find(string name)
    {
        bool isPico = name.StartsWith("PICO", StringComparison.Ordinal);
        bool hasWifi = isPico ? name.EndsWith("_W", StringComparison.Ordinal) : !WithoutWifi.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        bool isKnown = BoardProfiles.ForTarget(name).TargetPrefix.Length > 0 && hasWifi;
        return isKnown ? new BoardTarget(name, isPico) : throw new EnrollException($"--target: the firmware knows no board {name}; there are {Examples} and other ESP32 ones");
    }
}
