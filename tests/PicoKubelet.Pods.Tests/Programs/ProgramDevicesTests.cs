using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Tests.Pods;

namespace PicoKubelet.Tests.Programs;

/// <summary>What a program does with pins, analog channels and I2C addresses of its limits.</summary>
[TestClass]
public class ProgramDevicesTests
{
    [TestMethod]
    public void Edges_are_counted_once_a_level_stays()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(-DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));

        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 2, 50));
        Assert.AreEqual((int)PinPull.Down, (int)pods.Pins.LastPull);
        DeviceProgram.Move(pods, true, 49);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        DeviceProgram.Move(pods, true, 50);
        Assert.AreEqual(1, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        DeviceProgram.Move(pods, false, 10);
        DeviceProgram.Move(pods, true, 10);
        Assert.AreEqual(1, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        DeviceProgram.Move(pods, false, 50);
        Assert.AreEqual(2, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        Assert.AreEqual(1, DeviceProgram.Do(pods, DeviceProgram.Read, 2));
        Assert.AreEqual((int)PinPull.Down, (int)pods.Pins.LastPull);

        // Begun anew.
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 0, 0));
        Assert.AreEqual((int)PinPull.None, (int)pods.Pins.LastPull);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 3, 0));
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 0, 10001));
    }

    [TestMethod]
    public void A_pin_that_was_an_output_is_an_input_once_it_is_watched()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Write, 2, 1));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 0));
        DeviceProgram.Move(pods, true, 0);
        Assert.AreEqual(1, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));

        // An output is not looked at any more.
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Write, 2, 1));
        Assert.AreEqual(-DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
    }

    [TestMethod]
    public void A_program_that_waits_for_an_edge_is_parked_until_it_is_there()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 0));
        DeviceProgram.Begin(pods, DeviceProgram.Wait, 2, 30000, 0);
        pods.Step(3);
        Assert.AreEqual((int)DeviceProgram.Wait, DeviceProgram.Cell(pods, 0));
        long steps = pods.Container.CpuMilliseconds;
        for (int i = 0; i < 10; i++)
        {
            // Nothing to do for as long as the loop may sleep at all.
            Assert.AreEqual(1000, pods.Workloads.Step());
            pods.Clock.Advance(1000);
            pods.Inputs.Look();
        }

        Assert.AreEqual(steps, pods.Container.CpuMilliseconds);
        DeviceProgram.Move(pods, true, 0);
        Assert.AreEqual(1, DeviceProgram.End(pods));

        // Those that came meanwhile are one.
        DeviceProgram.Move(pods, false, 0);
        DeviceProgram.Move(pods, true, 0);
        Assert.AreEqual(1, DeviceProgram.Do(pods, DeviceProgram.Wait, 2, 30000));
        Assert.AreEqual(3, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
    }

    [TestMethod]
    public void A_wait_for_an_edge_ends_at_its_time()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(-DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Wait, 2, 0));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 0));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Wait, 2, 0));
        DeviceProgram.Begin(pods, DeviceProgram.Wait, 2, 5000, 0);
        pods.Step(3);
        pods.Clock.Advance(4990);
        pods.Step(3);
        Assert.AreEqual((int)DeviceProgram.Wait, DeviceProgram.Cell(pods, 0));
        pods.Clock.Advance(10);
        Assert.AreEqual(0, DeviceProgram.End(pods));
    }

    [TestMethod]
    public void A_wait_for_an_edge_ends_when_the_pod_is_to_end()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 0));
        DeviceProgram.Begin(pods, DeviceProgram.Wait, 2, 60000, 0);
        pods.Step(3);

        pods.Apply(PodText.Deleted(30));
        pods.Step(6);

        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual(0, pods.Container.State.ExitCode);
        Assert.AreEqual(0, DeviceProgram.ResultOf(pods));
    }

    [TestMethod]
    public void A_probe_does_not_wait_and_leaves_the_programs_wait_alone()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2, ",\"livenessProbe\":{\"exec\":{\"command\":[\"waits\"]},\"initialDelaySeconds\":1,\"periodSeconds\":1,\"failureThreshold\":1}");
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 0));
        DeviceProgram.Begin(pods, DeviceProgram.Wait, 2, 5000, 0);
        pods.Step(3);
        pods.Pass(1500);
        pods.Pass(1500);
        Assert.AreEqual((int)DeviceProgram.Wait, DeviceProgram.Cell(pods, 0));
        Assert.AreEqual("Running", pods.Pod.Phase);

        DeviceProgram.Move(pods, true, 0);
        Assert.AreEqual(1, DeviceProgram.End(pods));
    }

    [TestMethod]
    public void An_analog_channel_is_read_in_parts_of_its_full_scale()
    {
        PodHarness pods = DeviceProgram.Run("\"picokubelet.io/adc-0\":\"1\"");
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Analog, 0));
        pods.Peripherals.Analog = 2048;
        Assert.AreEqual(32776, DeviceProgram.Do(pods, DeviceProgram.Analog, 0));
        pods.Peripherals.Analog = 4095;
        Assert.AreEqual(65535, DeviceProgram.Do(pods, DeviceProgram.Analog, 0));
        pods.Peripherals.Analog = -1;
        Assert.AreEqual(-DeviceProgram.InputOutput, DeviceProgram.Do(pods, DeviceProgram.Analog, 0));

        // The channel's pin is the container's, and yet no pin of its limits.
        Assert.AreEqual("pod default/blink", pods.Context.Outputs.Pins.OwnerOf(3));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Read, 3));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Analog, 1));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Analog, 65535));
    }

    [TestMethod]
    public void Pulses_end_with_the_container_or_as_the_pin_is_used_otherwise()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Pin2);
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 0, 400));
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1000, 1001));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1000, 400));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1000, 500));
        Assert.AreEqual(-DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.Read, 2));
        Assert.AreEqual("pwm 2 1000 400;pwm 2 1000 500;", pods.Peripherals.Text);
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Write, 2, 1));
        Assert.AreEqual("pwm 2 1000 400;pwm 2 1000 500;end 2;", pods.Peripherals.Text);
        Assert.IsTrue(pods.Pins.LastLevel);

        pods.Peripherals.Text = "";
        pods.Peripherals.PinWithoutPwm = 2;
        Assert.AreEqual(DeviceProgram.InputOutput, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1000, 400));
        pods.Peripherals.PinWithoutPwm = -1;
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1000, 400));
        DeviceProgram.Begin(pods, DeviceProgram.Exit, 3, 0, 0);
        pods.Step(4);
        Assert.AreEqual("pwm 2 1000 400;end 2;", pods.Peripherals.Text);
        Assert.AreEqual(2, pods.Pins.LastPin);
        Assert.IsFalse(pods.Pins.LastLevel);
        Assert.IsNull(pods.Context.Outputs.Pins.OwnerOf(2));
    }

    [TestMethod]
    public void An_i2c_transfer_writes_and_reads()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Address44);
        Assert.AreEqual(DeviceProgram.InputOutput, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 2, 3));
        pods.Peripherals.Answer = new byte[] { 7, 8, 9 };
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 2, 3));
        Assert.AreEqual("w44 2400;r44 3;", pods.Peripherals.Text);
        Assert.AreEqual(7, DeviceProgram.Cell(pods, 14));
        Assert.AreEqual(8, DeviceProgram.Cell(pods, 15));
        Assert.AreEqual(9, DeviceProgram.Cell(pods, 16));
        Assert.AreEqual(0, DeviceProgram.Cell(pods, 17));
        pods.Peripherals.Text = "";
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 0, 32));
        Assert.AreEqual(0, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 1, 0));
        Assert.AreEqual("r44 32;w44 24;", pods.Peripherals.Text);

        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 33, 0));
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 0, 33));
        Assert.AreEqual(DeviceProgram.InvalidArgument, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 0, 0));
        Assert.AreEqual(DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x45, 1, 0));
        Assert.AreEqual("r44 32;w44 24;", pods.Peripherals.Text);
    }
}
