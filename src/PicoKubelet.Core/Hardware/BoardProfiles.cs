namespace PicoKubelet.Hardware;

/// <summary>The boards that are known.</summary>
public static class BoardProfiles
{
    /// <summary>The number of known boards.</summary>
    public const int Count = 7;

    /// <summary>Gets one of the known boards.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its profile.</returns>
    public static BoardProfile Get(int index)
    {
        // cpu and memory are the data sheets' cores and on-chip SRAM, but for the Pico W: what k3s-pico-node established for it
        // (arm, linux, rp2040-pico, 1 cpu, 256Ki) is kept, so that whoever comes from there finds the same node.
        // The heap is what nanoFramework's linked images of July 2026 leave to programs on the Picos. An ESP32 without PSRAM has what its radio
        // leaves, and 96 KB is what the firmware is made for.
        // The storage is littlefs' partition in nanoFramework's images: 32 KB on a Pico W, 128 KB on a Pico 2 W, 256 KB on an ESP32 with 4 MB of flash.
        // Sockets: lwIP on the Picos has 4 netconns in all (MEMP_NUM_NETCONN), an ESP32 16 sockets, a C3 8. A Pico W's could serve two
        // clients at once; the second one's thread and buffers are 7 KB of the heap that is to be free for pods.
        // Free pins leave out those of flash and PSRAM, the radio, USB, the console and the straps that choose how the chip boots.
        // A Pico's LED hangs on the radio chip, the S3's, C3's and C6's are addressable ones: no pin's level switches them.
        // The button is Espressif's BOOT button (user guides of ESP32-DevKitC, ESP32-S2/S3/C3/C6-DevKit): GPIO0, on C3 and C6 GPIO9. A Pico's BOOTSEL is on the flash's bus.
        // Analog pins are those of the data sheets' first converter, in the order of its channels: the ESP32s' second one serves the radio.
        // I2C pins are those that nanoFramework's images of July 2026 give the buses; on an S3 they have none, on an S2 and a C3 they are USB's.
        // The longer prefixes come first: PICO2 before PICO, ESP32_S3 before ESP32.
        // Each is made when it is asked for: a table of them all would stay in the heap of a board that needs one.
        return index switch
        {
            0 => new BoardProfile("pico-2-w", "PICO2_RP2350", "arm", "rp2350-pico", "2", "520Ki", "128Ki", 349048)
                { CpuKilohertz = 150000, KubeletConnections = 2, KubeletBacklog = 1, FreePins = "2-22,26-28", AnalogPins = "26-28", I2cPins = "4-5,6-7" },
            1 => new BoardProfile("pico-w", "PICO_RP2040", "arm", "rp2040-pico", "1", "256Ki", "32Ki", 153088)
                { HasUnsureStorage = true, CpuKilohertz = 133000, KubeletConnections = 1, KubeletBacklog = 1, FreePins = "2-22,26-28", AnalogPins = "26-28", I2cPins = "4-5,6-7" },
            2 => new BoardProfile("esp32-s3", "ESP32_S3", "xtensa", "esp32-s3", "2", "512Ki", "256Ki", 96 * 1024)
                { CpuKilohertz = 240000, Sockets = 16, KubeletConnections = 4, KubeletBacklog = 4, FreePins = "1-2,4-18,21,38-42,47-48", AnalogPins = "1-10", ButtonPin = 0 },
            3 => new BoardProfile("esp32-s2", "ESP32_S2", "xtensa", "esp32-s2", "1", "320Ki", "256Ki", 96 * 1024)
                { CpuKilohertz = 240000, Sockets = 16, KubeletConnections = 4, KubeletBacklog = 4, FreePins = "1-18,21,33-42", AnalogPins = "1-10", ButtonPin = 0 },
            4 => new BoardProfile("esp32-c3", "ESP32_C3", "riscv32", "esp32-c3", "1", "400Ki", "256Ki", 96 * 1024)
                { CpuKilohertz = 160000, Sockets = 8, KubeletConnections = 4, KubeletBacklog = 2, FreePins = "0-1,3-7,10", AnalogPins = "0-4", ButtonPin = 9 },
            5 => new BoardProfile("esp32-c6", "ESP32_C6", "riscv32", "esp32-c6", "1", "512Ki", "256Ki", 96 * 1024)
                { CpuKilohertz = 160000, Sockets = 16, KubeletConnections = 4, KubeletBacklog = 4, FreePins = "0-3,6-7,10-11,18-23", AnalogPins = "0-6",
                    I2cPins = "18-19", FirstI2cBus = 1, ButtonPin = 9 },
            6 => new BoardProfile("esp32", "ESP32", "xtensa", "esp32", "2", "520Ki", "256Ki", 96 * 1024)
                { CpuKilohertz = 240000, Sockets = 16, KubeletConnections = 4, KubeletBacklog = 4, FreePins = "4,13-14,18-19,21-23,25-27,32-33", AnalogPins = "36-39,32-35",
                    I2cPins = "18-19,25-26", FirstI2cBus = 1, ButtonPin = 0, LedPin = 2 },
            _ => new BoardProfile("unknown", "", "arm", "microcontroller", "1", "256Ki", "256Ki", 96 * 1024),
        };
    }

    /// <summary>Finds the profile of a CLR's build target.</summary>
    /// <param name="targetName">Such as <c>ESP32_S3_QUAD</c> or <c>PICO_RP2040_W</c>.</param>
    /// <returns>The board's profile, or that of an unknown board with careful figures.</returns>
    public static BoardProfile ForTarget(string targetName)
    {
        for (int i = 0; i < Count; i++)
        {
            BoardProfile profile = Get(i);
            if (targetName.StartsWith(profile.TargetPrefix))
            {
                return profile;
            }
        }

        return Get(Count);
    }
}
