using nanoFramework.TestFramework;
using PicoKubelet.Inputs;
using PicoKubelet.Tests.Pods;
using PicoKubelet.Wiring;

namespace PicoKubelet.Tests.Programs;

/// <summary>What a program may not touch, and what pods and the ConfigMap can not have both.</summary>
[TestClass]
public class ProgramRightsTests
{
    [TestMethod]
    public void What_the_limits_do_not_name_is_not_permitted()
    {
        PodHarness pods = DeviceProgram.Run("\"picokubelet.io/gpio-40\":\"1\"");
        string[] calls = new string[] { "watch", "edges", "wait", "analog", "pwm", "i2c", "write", "read" };
        for (int i = 0; i < calls.Length; i++)
        {
            byte function = (byte)(i + 1);
            bool isValue = function != DeviceProgram.Watch && function != DeviceProgram.Pwm && function != DeviceProgram.I2c && function != DeviceProgram.Write;
            Assert.AreEqual(isValue ? -DeviceProgram.NotPermitted : DeviceProgram.NotPermitted, DeviceProgram.Do(pods, function, 2, 1, 1), calls[i]);
        }

        Assert.AreEqual("", pods.Peripherals.Text);
        Assert.AreEqual(-1, pods.Pins.LastPin);
    }

    [TestMethod]
    public void A_container_without_limits_of_devices_has_none()
    {
        PodHarness pods = DeviceProgram.Run("\"memory\":\"4Ki\"");
        Assert.AreEqual(DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Watch, 2, 1, 1));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Edges, 2));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Wait, 2, 1));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Analog, 0));
        Assert.AreEqual(DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Pwm, 2, 1, 1));
        Assert.AreEqual(DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.I2c, 0x44, 1, 1));
        Assert.AreEqual(DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Write, 2, 1));
        Assert.AreEqual(-DeviceProgram.NotPermitted, DeviceProgram.Do(pods, DeviceProgram.Read, 2));
    }

    [TestMethod]
    public void An_address_and_its_bus_belong_to_the_pod_until_its_end()
    {
        PodHarness pods = DeviceProgram.Run(DeviceProgram.Address44);
        pods.Peripherals.Answer = new byte[] { 1, 2 };
        I2cSpec same = new I2cSpec("room", 0x44);
        string refusal = null;
        try
        {
            pods.Inputs.Use(same);
        }
        catch (System.InvalidOperationException e)
        {
            refusal = e.Message;
        }

        Assert.AreEqual("address 0x44 is in use by pod default/blink", refusal);

        // Another one on the bus is the ConfigMap's all the same, and the bus is there as long as anybody uses it.
        pods.Inputs.Use(new I2cSpec("light", 0x23));
        Assert.AreEqual("i2c", pods.Context.Outputs.Pins.OwnerOf(4));
        DeviceProgram.Begin(pods, DeviceProgram.Exit, 0, 0, 0);
        pods.Step(4);
        Assert.IsTrue(pods.Pod.IsOver);
        Assert.AreEqual("i2c", pods.Context.Outputs.Pins.OwnerOf(4));
        pods.Inputs.Use(same);
        pods.Inputs.Keep(WiredKind.I2c, WiredList.None);
        Assert.IsNull(pods.Context.Outputs.Pins.OwnerOf(4));
    }

    [TestMethod]
    public void A_pod_waits_for_an_address_that_the_ConfigMap_uses()
    {
        PodHarness pods = new PodHarness();
        pods.Peripherals.Answer = new byte[] { 1, 2 };
        pods.Inputs.Use(new I2cSpec("room", 0x44));
        pods.Run(PodText.Of(PodText.ContainerLimited(DeviceProgram.Address44)), TestPrograms.Devices);
        Assert.AreEqual("CreateContainerError", pods.Container.State.Reason);
        Assert.AreEqual("what the limits name is not to be had: address 0x44 is in use by configmap", pods.Container.State.Message);

        pods.Inputs.Keep(WiredKind.I2c, WiredList.None);
        pods.Pass(5000);

        Assert.AreEqual("Running", pods.Pod.Phase);
    }

    [TestMethod]
    public void A_pod_that_names_its_node_itself_gets_nothing_that_the_node_does_not_offer()
    {
        PodHarness pods = new PodHarness();
        pods.Apply(PodText.Of(PodText.ContainerLimited("\"picokubelet.io/gpio-5\":\"1\"")));

        Assert.AreEqual(0, pods.Table.Count);
    }
}
