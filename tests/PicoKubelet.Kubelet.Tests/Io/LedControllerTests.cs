using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Io;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Io;

[TestClass]
public class LedControllerTests
{
    [TestMethod]
    public void Blinking_leaves_the_LED_as_it_was()
    {
        FakePins pins = new FakePins();
        LedController led = new LedController(pins);
        led.Set(true);

        led.Blink(3, 0, new ManualResetEvent(false));

        Assert.AreEqual(7, pins.LedWrites);
        Assert.IsTrue(pins.IsLedOn);
    }

    [TestMethod]
    public void Blinking_can_be_ended()
    {
        FakePins pins = new FakePins();

        new LedController(pins).Blink(20, 1000, new ManualResetEvent(true));

        Assert.AreEqual(2, pins.LedWrites);
        Assert.IsFalse(pins.IsLedOn);
    }

    [TestMethod]
    public void A_board_without_pins_has_no_LED()
    {
        LedController led = new LedController(null);

        led.Set(true);

        Assert.IsFalse(led.IsPresent);
    }
}
