using PicoKubelet.Hardware;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A virtual board has what the board has that it stands for, and no more.</summary>
[TestClass]
public class SimulatedBoardTests
{
    /// <summary>Gets the names of all kinds of boards.</summary>
    public static IEnumerable<string> Names => BoardModels.All.Select(model => model.Name);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_has_what_its_profile_says(string name)
    {
        BoardModel model = BoardModels.Find(name);
        BoardProfile profile = BoardProfiles.ForTarget(model.TargetName);
        SimulatedPins pins = new(model.TargetName) { IsButtonHeld = true };

        pins.WriteLed(true);

        Assert.AreEqual(name, profile.Name);
        Assert.AreEqual(profile.HasLed, pins.HasLed);
        Assert.AreEqual(profile.HasLed, pins.IsLedOn);
        Assert.AreEqual(profile.HasButton, pins.IsButtonHeld);
        Assert.AreEqual(profile.EphemeralStorage, $"{model.StorageBytes / 1024}Ki");
        Assert.AreEqual(profile.HeapBytes, model.TotalHeap);
        Assert.AreEqual(model.HasAccessPoint, name.StartsWith("esp32", StringComparison.Ordinal));
    }
}
