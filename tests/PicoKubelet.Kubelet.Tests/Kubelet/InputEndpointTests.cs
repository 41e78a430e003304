using nanoFramework.TestFramework;
using PicoKubelet.Wiring;

namespace PicoKubelet.Tests.Kubelet;

/// <summary>What the port tells of what is wired to the board.</summary>
[TestClass]
public class InputEndpointTests
{
    [TestMethod]
    public void Metrics_show_each_input_sensor_and_output()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        Assert.DoesNotContains("picokubelet_", Body(kubelet, "/metrics"));
        UseAll(kubelet);

        string metrics = Body(kubelet, "/metrics");

        Assert.Contains("\n# TYPE picokubelet_input gauge\npicokubelet_input{name=\"door\",pin=\"2\"} 0\n", metrics);
        Assert.Contains("\n# TYPE picokubelet_input_edges_total counter\npicokubelet_input_edges_total{name=\"door\",pin=\"2\"} 1\n", metrics);
        Assert.Contains("\npicokubelet_input_errors_total{name=\"door\",pin=\"2\"} 1\n", metrics);
        Assert.Contains(
            "\n# TYPE picokubelet_sensor_celsius gauge\npicokubelet_sensor_celsius{name=\"pt\",source=\"analog\"} -0.5\npicokubelet_sensor_celsius{name=\"room\",source=\"i2c\"} 25.0625\n", metrics);
        Assert.Contains("\n# TYPE picokubelet_sensor_raw gauge\npicokubelet_sensor_raw{name=\"id\",source=\"i2c\"} 401\n", metrics);
        Assert.Contains("\npicokubelet_sensor_errors_total{name=\"room\",source=\"i2c\"} 0\n", metrics);
        Assert.Contains("\n# TYPE picokubelet_pwm_duty_ratio gauge\npicokubelet_pwm_duty_ratio{name=\"fan\",pin=\"40\"} 0.405\n", metrics);
        Assert.AreEqual(metrics.IndexOf("picokubelet_sensor_celsius gauge"), metrics.LastIndexOf("picokubelet_sensor_celsius gauge"));
    }

    [TestMethod]
    public void A_sensor_that_fails_is_left_out_of_its_metric_and_null_on_the_page()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        UseAll(kubelet);
        kubelet.Peripherals.Answer = null;
        kubelet.Node.Clock.Advance(10000);
        kubelet.Inputs.Look();
        kubelet.Inputs.Look();
        kubelet.Inputs.Look();

        string metrics = Body(kubelet, "/metrics");

        Assert.DoesNotContains("picokubelet_sensor_celsius{name=\"room\"", metrics);
        Assert.DoesNotContains("picokubelet_sensor_raw", metrics);
        Assert.Contains("\npicokubelet_sensor_errors_total{name=\"id\",source=\"i2c\"} 1\n", metrics);
        Assert.Contains("{\"name\":\"room\",\"source\":\"i2c\",\"value\":null,\"unit\":\"celsius\",\"errors\":1}", Body(kubelet, "/pico/gpio"));
    }

    [TestMethod]
    public void The_page_of_pins_shows_all_of_it_whatever_the_names()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        UseAll(kubelet);
        string name = new string('n', 32);
        kubelet.Inputs.Use(new I2cSpec(name, 0x48) { Unit = new string('u', 24), Scale = new FixedNumber(-1000, 0), Bytes = 4 });

        string page = Body(kubelet, "/pico/gpio");

        Assert.Contains("\"inputs\":[{\"name\":\"door\",\"pin\":2,\"on\":false,\"edges\":1,\"errors\":1}]", page);
        Assert.Contains("\"sensors\":[{\"name\":\"pt\",\"source\":\"analog\",\"value\":-0.5,\"unit\":\"celsius\",\"errors\":0},", page);
        Assert.Contains("{\"name\":\"" + name + "\",\"source\":\"i2c\",\"value\":-26345471000,\"unit\":\"" + new string('u', 24) + "\",\"errors\":0}", page);
        Assert.EndsWith("\"pwm\":[{\"name\":\"fan\",\"pin\":40,\"frequency_hertz\":1000,\"duty_percent\":40.5}]}", page);
        Assert.Contains("picokubelet_sensor_" + new string('u', 24) + "{name=\"" + name + "\",source=\"i2c\"} -26345471000\n", Body(kubelet, "/metrics"));
    }

    private static void UseAll(KubeletHarness kubelet)
    {
        kubelet.Inputs.Use(new InputSpec("door", 2) { Debounce = 0 });
        kubelet.Pins.LowPin = 2;
        kubelet.Inputs.Look();
        kubelet.Pins.FailingPin = 2;
        kubelet.Inputs.Look();
        kubelet.Peripherals.Analog = 5;
        kubelet.Inputs.Use(new AnalogSpec("pt", 0) { Scale = new FixedNumber(-1, 1), Unit = "celsius" });

        // 25.0625 degrees of a TMP102: 0x191 in the upper twelve bits.
        kubelet.Peripherals.Answer = new byte[] { 0x19, 0x10 };
        kubelet.Inputs.Use(new I2cSpec("room", 0x48) { IsSigned = true, Scale = new FixedNumber(390625, 8), Unit = "celsius" });
        kubelet.Peripherals.Answer = new byte[] { 0x01, 0x91, 0xFF, 0xFF };
        kubelet.Inputs.Use(new I2cSpec("id", 0x49));
        kubelet.Inputs.Use(new PwmSpec("fan", 40, 1000, 405));
    }

    private static string Body(KubeletHarness kubelet, string path)
    {
        string answer = kubelet.Get(path, KubeletHarness.Authorization);
        Assert.AreEqual(200, KubeletHarness.StatusOf(answer), path);
        return KubeletHarness.BodyOf(answer);
    }
}
