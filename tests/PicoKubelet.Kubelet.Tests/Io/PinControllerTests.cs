using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Io;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Io;

[TestClass]
public class PinControllerTests
{
    [TestMethod]
    public void A_pin_is_set_and_remembered()
    {
        FakePins pins = new FakePins();
        PinController controller = new PinController(pins);

        controller.Write(3, true);

        Assert.AreEqual(3, pins.LastPin);
        Assert.IsTrue(pins.LastLevel);
        Assert.IsTrue(controller.IsOutput(3));
        Assert.IsTrue(controller.IsHigh(3));
        Assert.IsFalse(controller.IsOutput(4));

        controller.Write(3, false);

        Assert.IsTrue(controller.IsOutput(3));
        Assert.IsFalse(controller.IsHigh(3));
    }

    [TestMethod]
    [DataRow(2, true)]
    [DataRow(6, false)]
    [DataRow(-1, false)]
    [DataRow(64, false)]
    public void Only_what_the_board_leaves_free_may_be_set(int pin, bool isFree)
    {
        Assert.AreEqual(isFree, new PinController(new FakePins()).IsFree(pin));
        Assert.IsFalse(new PinController(null).IsFree(pin));
    }

    [TestMethod]
    [DataRow("PICO_RP2040_W", 1, false)]
    [DataRow("PICO_RP2040_W", 2, true)]
    [DataRow("PICO_RP2040_W", 22, true)]
    [DataRow("PICO_RP2040_W", 23, false)]
    [DataRow("PICO_RP2040_W", 28, true)]
    [DataRow("ESP32_REV0", 4, true)]
    [DataRow("ESP32_REV0", 6, false)]
    [DataRow("ESP32_C3_REV3", 10, true)]
    [DataRow("SOMETHING_ELSE", 2, false)]
    public void Each_board_has_its_free_pins(string target, int pin, bool isFree)
    {
        Assert.AreEqual(isFree, BoardProfiles.ForTarget(target).IsFreePin(pin));
    }
}
