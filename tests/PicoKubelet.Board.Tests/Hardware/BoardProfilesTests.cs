using nanoFramework.TestFramework;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Hardware;

[TestClass]
public class BoardProfilesTests
{
    private const int PlentyOfHeap = 1024 * 1024;

    [TestMethod]
    [DataRow("PICO_RP2040_W", "pico-w", "arm", "rp2040-pico", "1", "256Ki")]
    [DataRow("PICO2_RP2350_W", "pico-2-w", "arm", "rp2350-pico", "2", "520Ki")]
    [DataRow("ESP32_S3_QUAD", "esp32-s3", "xtensa", "esp32-s3", "2", "512Ki")]
    [DataRow("ESP32_S3_ALL", "esp32-s3", "xtensa", "esp32-s3", "2", "512Ki")]
    [DataRow("ESP32_S2_USB", "esp32-s2", "xtensa", "esp32-s2", "1", "320Ki")]
    [DataRow("ESP32_C3", "esp32-c3", "riscv32", "esp32-c3", "1", "400Ki")]
    [DataRow("ESP32_C6_THREAD", "esp32-c6", "riscv32", "esp32-c6", "1", "512Ki")]
    [DataRow("ESP32_REV0", "esp32", "xtensa", "esp32", "2", "520Ki")]
    [DataRow("ESP32_PSRAM_REV3", "esp32", "xtensa", "esp32", "2", "520Ki")]
    [DataRow("ST_STM32F769I_DISCOVERY", "unknown", "arm", "microcontroller", "1", "256Ki")]
    [DataRow("", "unknown", "arm", "microcontroller", "1", "256Ki")]
    public void A_build_target_has_a_profile(string target, string name, string arch, string instanceType, string cpu, string memory)
    {
        BoardProfile profile = BoardProfiles.ForTarget(target);

        Assert.AreEqual(name, profile.Name);
        Assert.AreEqual(arch, profile.Arch);
        Assert.AreEqual("linux", profile.Os);
        Assert.AreEqual(instanceType, profile.InstanceType);
        Assert.AreEqual(cpu, profile.Cpu);
        Assert.AreEqual(memory, profile.Memory);

        // What the firmware is made for.
        Assert.IsTrue(profile.HeapBytes >= 96 * 1024);
        Assert.EndsWith("Ki", profile.EphemeralStorage);
        Assert.IsTrue(profile.StorageBytes >= 32 * 1024 && profile.StorageBytes % 1024 == 0);
    }

    [TestMethod]
    public void Every_profile_is_found_by_its_own_prefix()
    {
        for (int i = 0; i < BoardProfiles.Count; i++)
        {
            BoardProfile profile = BoardProfiles.Get(i);

            Assert.AreEqual(profile.Name, BoardProfiles.ForTarget(profile.TargetPrefix + "_X").Name);
        }
    }

    // The listener, the API client and a watch have sockets of their own.
    [TestMethod]
    [DataRow("PICO_RP2040_W", 1, 1)]
    [DataRow("PICO2_RP2350_W", 2, 1)]
    [DataRow("ESP32_S3_QUAD", 4, 4)]
    [DataRow("ESP32_C3", 4, 4)]
    [DataRow("", 1, 1)]
    public void Connections_in_service_leave_the_node_its_own(string target, int polling, int watching)
    {
        BoardProfile profile = BoardProfiles.ForTarget(target);

        Assert.AreEqual(polling, profile.ConnectionsInService(false, PlentyOfHeap));
        Assert.AreEqual(watching, profile.ConnectionsInService(true, PlentyOfHeap));
        Assert.IsTrue(profile.ConnectionsInService(true, PlentyOfHeap) + 3 <= profile.Sockets);
    }

    // 6,900 bytes each, and 32 KB beside them.
    [TestMethod]
    [DataRow(PlentyOfHeap, 4)]
    [DataRow(32768 + (4 * 6900), 4)]
    [DataRow(32768 + (4 * 6900) - 1, 3)]
    [DataRow(32768 + (2 * 6900), 2)]
    [DataRow(40000, 1)]
    [DataRow(0, 1)]
    public void Connections_in_service_leave_heap_for_pods(int freeHeap, int expected)
    {
        Assert.AreEqual(expected, BoardProfiles.ForTarget("ESP32_REV0").ConnectionsInService(false, freeHeap));
    }

    [TestMethod]
    [DataRow("ESP32_REV0", 0)]
    [DataRow("ESP32_S2_USB", 0)]
    [DataRow("ESP32_S3_QUAD", 0)]
    [DataRow("ESP32_C3", 9)]
    [DataRow("ESP32_C6_THREAD", 9)]
    [DataRow("PICO_RP2040_W", -1)]
    [DataRow("PICO2_RP2350_W", -1)]
    [DataRow("", -1)]
    public void The_button_is_that_of_the_usual_board_and_no_free_pin(string target, int pin)
    {
        BoardProfile profile = BoardProfiles.ForTarget(target);

        Assert.AreEqual(pin, profile.ButtonPin);
        Assert.IsFalse(profile.IsFreePin(pin));
    }
}
