using System;
using nanoFramework.TestFramework;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Outputs;

/// <summary>Who has an I2C bus and an address on it. The fake's bus is at the pins 4 and 5.</summary>
[TestClass]
public class I2cBusesTests
{
    [TestMethod]
    public void A_bus_has_its_pins_as_long_as_anybody_has_an_address_on_it()
    {
        BoardPins pins = new BoardPins(new FakePins());
        I2cBuses buses = new I2cBuses(pins, new FakePeripherals());
        I2cClaim first = buses.Claim(-1, 0x23, "pod a/b");
        I2cClaim second = buses.Claim(0, 0x44, "configmap");
        I2cClaim third = buses.Claim(0, 0x44, "configmap");
        Assert.AreEqual("i2c", pins.OwnerOf(4));
        Assert.AreEqual("i2c", pins.OwnerOf(5));

        second.Release();
        first.Release();
        first.Release();
        Assert.AreEqual("i2c", pins.OwnerOf(4));
        third.Release();

        Assert.IsNull(pins.OwnerOf(4));
        Assert.IsNull(pins.OwnerOf(5));
    }

    [TestMethod]
    public void An_address_has_one_holder()
    {
        I2cBuses buses = new I2cBuses(new BoardPins(new FakePins()), new FakePeripherals());
        I2cClaim claim = buses.Claim(-1, 0x0a, "pod a/b");
        Assert.AreEqual("address 0x0a is in use by pod a/b", Refusal(buses, 0, 0x0a));

        claim.Release();

        Assert.AreEqual("", Refusal(buses, 0, 0x0a));
    }

    [TestMethod]
    public void A_bus_whose_pin_is_somebody_elses_or_that_there_is_not_is_refused()
    {
        BoardPins pins = new BoardPins(new FakePins());
        pins.Configure(5, true);
        I2cBuses buses = new I2cBuses(pins, new FakePeripherals());
        Assert.AreEqual("pin 5 is in use by configmap", Refusal(buses, 0, 0x23));
        Assert.AreEqual("the board has no such I2C bus", Refusal(buses, 1, 0x23));
        Assert.AreEqual("the board has no such I2C bus", Refusal(new I2cBuses(pins, null), -1, 0x23));
    }

    [TestMethod]
    public void A_transfer_is_that_of_the_claims_address()
    {
        FakePeripherals peripherals = new FakePeripherals { Answer = new byte[] { 9 } };
        I2cBuses buses = new I2cBuses(new BoardPins(new FakePins()), peripherals);
        byte[] buffer = new byte[] { 1, 2 };

        buses.Claim(-1, 0x23, "pod a/b").Transfer(buffer, 2, 1);

        Assert.AreEqual("w23 0102;r23 1;", peripherals.Text);
        Assert.AreEqual(9, (int)buffer[0]);
    }

    private static string Refusal(I2cBuses buses, int bus, int address)
    {
        try
        {
            buses.Claim(bus, address, "configmap").Release();
            return "";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }
}
