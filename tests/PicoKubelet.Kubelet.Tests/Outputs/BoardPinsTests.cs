using System;
using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Outputs;

[TestClass]
public class BoardPinsTests
{
    [TestMethod]
    public void A_pin_is_set_and_remembered()
    {
        FakePins pins = new FakePins();
        BoardPins board = new BoardPins(pins);

        board.Configure(3, true);

        Assert.AreEqual(3, pins.LastPin);
        Assert.IsTrue(pins.LastLevel);
        Assert.AreEqual("out high configmap", Shown(board, 3));
        Assert.IsFalse(board.IsOutput(4));
        Assert.IsNull(board.OwnerOf(4));

        board.Configure(3, false);

        Assert.AreEqual("out low configmap", Shown(board, 3));
    }

    [TestMethod]
    public void A_command_holds_until_the_configuration_says_something_else()
    {
        BoardPins board = new BoardPins(new FakePins());
        board.Configure(3, true);

        board.Command(3, false);
        Assert.AreEqual("out low command", Shown(board, 3));

        board.Configure(3, true);
        Assert.AreEqual("out high configmap", Shown(board, 3));

        board.Command(3, true);
        board.Unconfigure(3);
        Assert.IsFalse(board.IsHigh(3));
        Assert.IsNull(board.OwnerOf(3));
    }

    [TestMethod]
    public void What_could_not_be_written_is_not_remembered()
    {
        FakePins pins = new FakePins { FailingPin = 3 };
        BoardPins board = new BoardPins(pins);

        Assert.ThrowsException(typeof(InvalidOperationException), () => board.Command(3, true));

        Assert.IsFalse(board.IsOutput(3));
        Assert.IsNull(board.OwnerOf(3));
    }

    [TestMethod]
    public void A_claim_has_its_pins_for_itself()
    {
        FakePins pins = new FakePins();
        BoardPins board = new BoardPins(pins);
        PinClaim claim = board.Claim((1UL << 2) | (1UL << 40), "default/a");
        claim.Write(2, true);

        Assert.AreEqual("out high default/a", Shown(board, 2));
        Assert.IsTrue(board.IsClaimed(40));
        Assert.ThrowsException(typeof(InvalidOperationException), () => board.Command(2, false));
        Assert.ThrowsException(typeof(InvalidOperationException), () => board.Configure(40, true));
        Assert.ThrowsException(typeof(InvalidOperationException), () => claim.Write(3, true));
        Assert.IsNull(board.Claim(1UL << 40, "default/b"), "held");
        Assert.IsNull(board.Claim((1UL << 3) | (1UL << 9), "default/b"), "not on this board");
        board.Unconfigure(2);
        Assert.IsTrue(board.IsHigh(2), "a pin that leaves the configuration is not its to set");

        PinClaim other = board.Claim(1UL << 3, "default/b");
        other.Write(3, true);
        claim.Release();
        claim.Release();
        Assert.AreEqual("out low nobody", Shown(board, 2));
        Assert.AreEqual("out high default/b", Shown(board, 3));
        Assert.ThrowsException(typeof(InvalidOperationException), () => claim.Write(2, true));
        board.Configure(2, true);
        Assert.IsNull(board.Claim(1UL << 2, "default/c"), "the configuration names it");
    }

    [TestMethod]
    public void A_claim_takes_over_what_a_command_has_set()
    {
        BoardPins board = new BoardPins(new FakePins());
        board.Command(2, true);

        PinClaim claim = board.Claim(1UL << 2, "default/a");
        Assert.AreEqual("out high default/a", Shown(board, 2));
        claim.Release();

        Assert.AreEqual("out low nobody", Shown(board, 2));
    }

    [TestMethod]
    [DataRow(2, true)]
    [DataRow(6, false)]
    [DataRow(-1, false)]
    [DataRow(64, false)]
    public void Only_what_the_board_leaves_free_may_be_set(int pin, bool isFree)
    {
        Assert.AreEqual(isFree, new BoardPins(new FakePins()).IsFree(pin));
        Assert.IsFalse(new BoardPins(null).IsFree(pin));
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

    private static string Shown(BoardPins board, int pin)
    {
        return (board.IsOutput(pin) ? "out " : "in ") + (board.IsHigh(pin) ? "high " : "low ") + (board.OwnerOf(pin) ?? "nobody");
    }
}
