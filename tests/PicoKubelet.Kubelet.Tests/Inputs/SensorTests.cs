using System;
using nanoFramework.TestFramework;
using PicoKubelet.Inputs;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;
using PicoKubelet.Wiring;

namespace PicoKubelet.Tests.Inputs;

/// <summary>Sensors and outputs of pulses: values, steps, pins.</summary>
[TestClass]
public class SensorTests
{
    [TestMethod]
    [DataRow(0, 1, 0, 0, 0, "0")]
    [DataRow(4095, 1, 0, 0, 0, "4095")]
    [DataRow(2048, 1611328, 9, 0, 0, "3.299999")]
    [DataRow(400, 625, 4, -45, 0, "-20")]
    [DataRow(26214, 267033, 8, -45, 0, "25.00003")]
    [DataRow(-256, 390625, 8, 0, 0, "-1")]
    [DataRow(1, -1, 9, 5, 1, "0.5")]
    [DataRow(2147483647, 1000, 0, 999999999, 0, "2148483646999")]
    [DataRow(2147483647, 999999999, 6, 0, 0, "2147483644852.516353")]
    public void A_value_is_the_reading_times_the_scale_plus_the_offset(int reading, int digits, int decimals, int offset, int offsetDecimals, string expected)
    {
        AnalogSpec spec = new AnalogSpec("a", 0) { Scale = new FixedNumber(digits, decimals), Offset = new FixedNumber(offset, offsetDecimals) };
        Utf8Writer output = new Utf8Writer(40);

        output.WriteDecimal(spec.ValueOf(reading), 6);

        Assert.AreEqual(expected, Bytes.Content(output));
    }

    [TestMethod]
    public void The_largest_reading_and_scale_fit()
    {
        AnalogSpec spec = new AnalogSpec("a", 0) { Scale = new FixedNumber(-1000, 0), Offset = new FixedNumber(-999999999, 0) };
        Assert.AreEqual(-4295967294999000000L, spec.ValueOf(4294967295L));
    }

    [TestMethod]
    public void An_analog_input_is_read_when_it_is_due_and_has_no_value_while_it_fails()
    {
        SensorHarness board = new SensorHarness();
        BoardPins pins = board.Pins;
        BoardInputs inputs = board.Inputs;
        board.Peripherals.Analog = 1000;
        inputs.Use(new AnalogSpec("battery", 1) { Scale = new FixedNumber(2, 3), Unit = "volts", Every = 2 });
        Assert.AreEqual("analog battery", pins.OwnerOf(4));
        Sensor battery = First(inputs);
        Assert.AreEqual(2000000L, battery.Value);

        board.Peripherals.Analog = 500;
        board.Clock.Advance(1999);
        inputs.Look();
        Assert.AreEqual(2000000L, battery.Value);
        board.Clock.Advance(1);
        inputs.Look();
        Assert.AreEqual(1000000L, battery.Value);

        board.Peripherals.Analog = -1;
        board.Clock.Advance(2000);
        inputs.Look();
        inputs.Look();
        Assert.IsFalse(battery.HasValue);
        Assert.AreEqual(1, battery.Errors);

        board.Peripherals.Analog = 250;
        board.Clock.Advance(2000);
        inputs.Look();
        Assert.IsTrue(battery.HasValue);
        Assert.AreEqual(500000L, battery.Value);
    }

    [TestMethod]
    public void A_look_measures_one_sensor_and_each_has_its_turn()
    {
        SensorHarness board = new SensorHarness();
        BoardInputs inputs = board.Inputs;
        inputs.Use(new AnalogSpec("one", 0) { Every = 1 });
        inputs.Use(new AnalogSpec("two", 1) { Every = 1 });
        board.Peripherals.Analog = 7;
        board.Clock.Advance(1000);
        inputs.Look();
        Assert.AreEqual(7000000L, SumOf(inputs));
        inputs.Look();
        Assert.AreEqual(14000000L, SumOf(inputs));
    }

    [TestMethod]
    public void An_I2C_sensor_is_set_up_waited_for_and_read_with_its_checksum()
    {
        SensorHarness board = new SensorHarness();
        BoardPins pins = board.Pins;
        BoardInputs inputs = board.Inputs;

        // The SHT3x data sheet's example of a checksum: 0x92 of 0xBE 0xEF.
        board.Peripherals.Answer = new byte[] { 0xBE, 0xEF, 0x92, 0x80, 0x00, 0xA2 };
        inputs.Use(NewSht("room", 0));
        inputs.Use(NewSht("humidity", 3));
        Assert.AreEqual("w44 2400;w44 2400;", board.Peripherals.Text);
        Assert.AreEqual("i2c", pins.OwnerOf(4));
        Assert.AreEqual("i2c", pins.OwnerOf(5));
        Sensor room = First(inputs);
        Assert.IsFalse(room.HasValue);

        board.Clock.Advance(15);
        inputs.Look();
        Assert.AreEqual("w44 2400;w44 2400;", board.Peripherals.Text);
        board.Clock.Advance(1);
        inputs.Look();
        inputs.Look();
        Assert.AreEqual("w44 2400;w44 2400;r44 3;r44 6;", board.Peripherals.Text);
        Assert.AreEqual(48879000000L, room.Value);
        Assert.AreEqual(48879000000L + 32768000000L, SumOf(inputs));

        // A bit that fell over.
        board.Peripherals.Answer[1] = 0xEE;
        board.Clock.Advance(10000);
        inputs.Look();
        inputs.Look();
        board.Clock.Advance(16);
        inputs.Look();
        inputs.Look();
        Assert.IsFalse(room.HasValue);
        Assert.AreEqual(1, room.Errors);

        inputs.Keep(WiredKind.I2c, WiredList.None);
        Assert.IsNull(pins.OwnerOf(4));
    }

    [TestMethod]
    [DataRow(2, 0, true, false, 0xFF00FF00, "-256")]
    [DataRow(2, 0, false, false, 0xFF00FF00, "65280")]
    [DataRow(2, 0, true, true, 0xFF00FF00, "255")]
    [DataRow(1, 1, true, false, 0xFF80FF00, "-128")]
    [DataRow(3, 1, false, false, 0xFF123456, "1193046")]
    [DataRow(3, 1, true, true, 0xFF563412, "1193046")]
    [DataRow(4, 0, true, false, 0xFFFFFFFF, "-1")]
    [DataRow(4, 0, false, false, 0xFFFFFFFF, "4294967295")]
    public void A_reading_has_its_bytes_order_and_sign(int bytes, int at, bool isSigned, bool isLittle, uint answer, string expected)
    {
        SensorHarness board = new SensorHarness();
        BoardInputs inputs = board.Inputs;
        board.Peripherals.Answer = new[] { (byte)(answer >> 24), (byte)(answer >> 16), (byte)(answer >> 8), (byte)answer };
        inputs.Use(new I2cSpec("t", 0x48) { Register = new I2cBytes(0x0102, 2), Bytes = bytes, At = at, IsSigned = isSigned, IsLittleEndian = isLittle });

        Utf8Writer output = new Utf8Writer(40);
        output.WriteDecimal(First(inputs).Value, 6);
        Assert.AreEqual(expected, Bytes.Content(output));
        Assert.AreEqual("w48 0102;r48 " + (at + bytes).ToString() + ";", board.Peripherals.Text);
    }

    [TestMethod]
    public void What_is_not_there_is_refused_and_its_pins_are_given_back()
    {
        SensorHarness board = new SensorHarness();
        BoardPins pins = board.Pins;
        BoardInputs inputs = board.Inputs;
        Assert.AreEqual("does not answer", Refusal(inputs, new I2cSpec("t", 0x48)));
        Assert.IsNull(pins.OwnerOf(4));
        board.Peripherals.Analog = -1;
        Assert.AreEqual("does not convert", Refusal(inputs, new AnalogSpec("a", 1)));
        Assert.IsNull(pins.OwnerOf(4));

        pins.Configure(5, true);
        board.Peripherals.Answer = new byte[2];
        Assert.AreEqual("pin 5 is in use by configmap", Refusal(inputs, new I2cSpec("t", 0x48)));
        Assert.IsNull(pins.OwnerOf(4));
    }

    [TestMethod]
    public void An_output_sends_pulses_until_its_line_changes()
    {
        SensorHarness board = new SensorHarness();
        BoardPins pins = board.Pins;
        BoardInputs inputs = board.Inputs;
        inputs.Use(new PwmSpec("fan", 2, 25000, 400));
        Assert.AreEqual("pwm fan", pins.OwnerOf(2));
        WiredList next = new WiredList(1);
        next.Add(new PwmSpec("fan", 2, 25000, 500));
        inputs.Keep(WiredKind.Pwm, next);
        inputs.Use(next.Get(0));
        inputs.Keep(WiredKind.Pwm, next);
        inputs.Use(next.Get(0));
        inputs.Keep(WiredKind.Pwm, WiredList.None);
        Assert.AreEqual("pwm 2 25000 400;end 2;pwm 2 25000 500;end 2;", board.Peripherals.Text);
        Assert.IsNull(pins.OwnerOf(2));

        board.Peripherals.PinWithoutPwm = 3;
        Assert.AreEqual("has no PWM", Refusal(inputs, new PwmSpec("lamp", 3, 1000, 1)));
        Assert.IsNull(pins.OwnerOf(3));
    }

    private static I2cSpec NewSht(string name, int at)
    {
        return new I2cSpec(name, 0x44) { Setup = new I2cBytes(0x2400, 2), Wait = 16, HasChecksum = true, At = at };
    }

    private static Sensor First(BoardInputs inputs)
    {
        int index = 0;
        return inputs.NextSensor(ref index);
    }

    private static long SumOf(BoardInputs inputs)
    {
        long sum = 0;
        int index = 0;
        Sensor sensor;
        while ((sensor = inputs.NextSensor(ref index)) != null)
        {
            sum += sensor.Value;
        }

        return sum;
    }

    private static string Refusal(BoardInputs inputs, WiredSpec spec)
    {
        try
        {
            inputs.Use(spec);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }
}
