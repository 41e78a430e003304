using PicoKubelet.Hardware;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.DeviceTests;

/// <summary>docs/hardware.md says what the firmware's profiles say.</summary>
[TestClass]
public class HardwareTableTests
{
    [TestMethod]
    public void The_table_of_boards_is_that_of_the_profiles()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs/hardware.md"));
        for (int i = 0; i < BoardProfiles.Count; i++)
        {
            BoardProfile profile = BoardProfiles.Get(i);
            string? row = lines.FirstOrDefault(line => line.StartsWith($"| `{profile.Name}` |", StringComparison.Ordinal));
            Assert.IsNotNull(row, profile.Name);
            string[] cells = [.. row.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))];

            Assert.StartsWith(profile.TargetPrefix, cells[1]);
            string[] expected =
            [
                profile.Arch, profile.InstanceType, profile.Cpu, profile.Memory, profile.EphemeralStorage, $"{profile.HeapBytes:N0}",
                $"{profile.Sockets}", $"{profile.ConnectionsInService(false, long.MaxValue)}", $"{profile.ConnectionsInService(true, long.MaxValue)}",
                profile.HasLed ? $"GPIO{profile.LedPin}" : "none", profile.HasButton ? $"GPIO{profile.ButtonPin}" : "none", profile.FreePins,
            ];
            CollectionAssert.AreEqual(expected, cells[2..], profile.Name);
        }
    }
}
