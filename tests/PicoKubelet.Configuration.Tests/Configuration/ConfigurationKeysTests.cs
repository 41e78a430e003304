using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigurationKeysTests
{
    [TestMethod]
    [DataRow("heartbeat.leaseSeconds", "1", "1")]
    [DataRow("heartbeat.leaseSeconds", "20", "20")]
    [DataRow("heartbeat.leaseSeconds", " 007 \r\n", "7")]
    [DataRow("heartbeat.leaseSeconds", "0xA", "10")]
    [DataRow("heartbeat.statusSeconds", "10", "10")]
    [DataRow("heartbeat.statusSeconds", "3600", "3600")]
    [DataRow("configmap.pollSeconds", "5", "5")]
    [DataRow("configmap.pollSeconds", "3600", "3600")]
    [DataRow("log.level", "debug", "debug")]
    [DataRow("log.level", "error\n", "error")]
    [DataRow("metrics.enabled", "false", "false")]
    [DataRow("kubelet.anonymousRead", "true", "true")]
    [DataRow("led", "status", "status")]
    [DataRow("led", "on", "on")]
    [DataRow("led", "off", "off")]
    [DataRow("led", "blink:50", "blink:50")]
    [DataRow("led", "blink: 10000", "blink:10000")]
    [DataRow("gpio", "", "")]
    [DataRow("gpio", "2=out:high", "2=out:high")]
    [DataRow("gpio", "5=out:low\r\n\r\n2 = out:high,40=out:high", "2=out:high\n5=out:low\n40=out:high")]
    [DataRow("inputs", "", "")]
    [DataRow("inputs", "door=2", "door=2")]
    [DataRow("inputs", " door = 0x3  pull-up debounce:50 \r\n\nPIR_1.a=2 pull-down inverted debounce:0 event\r\n", "door=3\nPIR_1.a=2 pull-down inverted debounce:0 event")]
    [DataRow("inputs", "door=40\tevent pull-none debounce:10000", "door=40 pull-none debounce:10000 event")]
    [DataRow("analog", "battery=0", "battery=0")]
    [DataRow("analog", "battery=2 every:60 unit:volts offset:-0.50 scale:0.00160", "battery=2 scale:0.0016 offset:-0.5 unit:volts every:60")]
    [DataRow("analog", "a=1 scale:1.000 offset:-0 unit:raw every:10\nb=1 scale:-1000 offset:999999999", "a=1\nb=1 scale:-1000 offset:999999999")]
    [DataRow("analog", "a=0 scale:-0.001611328 offset:-00999999999", "a=0 scale:-0.001611328 offset:-999999999")]
    [DataRow("pwm", "fan=2 duty:40.0", "fan=2 duty:40")]
    [DataRow("pwm", "fan=2 frequency:25000 duty:0.5\nlamp=3 duty:100 frequency:1000", "fan=2 duty:0.5 frequency:25000\nlamp=3 duty:100")]
    [DataRow("i2c", "t=0x48 register:0x00 signed scale:0.00390625 unit:celsius", "t=72 register:0x00 signed scale:0.00390625 unit:celsius")]
    [DataRow("i2c", "rh=0x44 crc at:3 wait:16 setup:0x2400 bytes:2 bus:0 unit:ratio", "rh=68 bus:0 setup:0x2400 wait:16 at:3 crc unit:ratio")]
    [DataRow("i2c", "adc=0x48 setup:0x01C383 wait:10 register:0x00 bytes:4 little", "adc=72 setup:0x01c383 wait:10 register:0x00 bytes:4 little")]
    [DataRow("memory_values", "", "")]
    [DataRow("memory_values", "0=0x42,1=0x43", "0=66,1=67")]
    [DataRow("memory_values", "1023=0xFF\n0x10=0XaB,", "16=171,1023=255")]
    [DataRow("memory_values", "7=1,7=2", "7=2")]
    [DataRow("memory_values", "3=0", "")]
    [DataRow("node.labels", "", "")]
    [DataRow("node.labels", " \r\n\n", "")]
    [DataRow("node.labels", "room=kitchen\r\nexample.com/floor = 1\r\n", "room=kitchen\nexample.com/floor=1")]
    [DataRow("node.labels", "empty=", "empty=")]
    [DataRow("node.labels", "notkubernetes.io/a=b", "notkubernetes.io/a=b")]
    [DataRow("node.annotations", "note=a \"b\" = c, d \u00e4\u20ac\U0001F600", "note=a \"b\" = c, d \u00e4\u20ac\U0001F600")]
    [DataRow("node.annotations", "room-of-the-settings=annotations are free", "room-of-the-settings=annotations are free")]
    public void Good_values_are_read_and_written_back(string key, string value, string canonical)
    {
        ConfigurationValues values = Keys.NewValues();
        Assert.IsNull(Keys.Read(key, value, values));
        Assert.AreEqual(canonical, Keys.Write(key, values));

        ConfigurationValues again = Keys.NewValues();
        Assert.IsNull(Keys.Read(key, canonical, again));
        Assert.IsTrue(Keys.Find(key).AreSame(values, again));
    }

    [TestMethod]
    [DataRow("heartbeat.leaseSeconds", "", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "0", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "21", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "-1", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "1.5", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "10 s", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "0x", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "A", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "4294967297", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "\u0661\u0660", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "\u00a010", "must be a whole number from 1 to 20")]
    [DataRow("heartbeat.leaseSeconds", "00000000000000010", "must be at most 16 bytes")]
    [DataRow("heartbeat.statusSeconds", "9", "must be a whole number from 10 to 3600")]
    [DataRow("heartbeat.statusSeconds", "3601", "must be a whole number from 10 to 3600")]
    [DataRow("configmap.pollSeconds", "4", "must be a whole number from 5 to 3600")]
    [DataRow("configmap.pollSeconds", "3601", "must be a whole number from 5 to 3600")]
    [DataRow("log.level", "Debug", "must be debug, info, warning or error")]
    [DataRow("log.level", "", "must be debug, info, warning or error")]
    [DataRow("metrics.enabled", "yes", "must be false or true")]
    [DataRow("kubelet.anonymousRead", "1", "must be false or true")]
    [DataRow("led", "", "must be status, on, off or blink:N")]
    [DataRow("led", "blink", "must be status, on, off or blink:N")]
    [DataRow("led", "blink:", "must be status, on, off or blink:N")]
    [DataRow("led", "blink:49", "must be status, on, off or blink:N")]
    [DataRow("led", "blink:10001", "must be status, on, off or blink:N")]
    [DataRow("led", "blank:500", "must be status, on, off or blink:N")]
    [DataRow("led", "blink:500:1", "must be status, on, off or blink:N")]
    [DataRow("gpio", "2", "must be pin=out:high or pin=out:low")]
    [DataRow("gpio", "2=in", "must be pin=out:high or pin=out:low")]
    [DataRow("gpio", "two=out:low", "must be pin=out:high or pin=out:low")]
    [DataRow("gpio", "2=out:high\n2=out:low", "must be pin=out:high or pin=out:low")]
    [DataRow("gpio", "6=out:high", "must name pins that this board has and does not need for itself")]
    [DataRow("gpio", "64=out:high", "must name pins that this board has and does not need for itself")]
    [DataRow("gpio", "66=out:high", "must name pins that this board has and does not need for itself")]
    [DataRow("inputs", "2", "must be name=pin [pull-up, pull-down or pull-none]")]
    [DataRow("inputs", "door=", "must be name=pin")]
    [DataRow("inputs", "door=two", "must be name=pin")]
    [DataRow("inputs", "door=-2", "must be name=pin")]
    [DataRow("inputs", "door=2 pullup", "must be name=pin")]
    [DataRow("inputs", "door=2 debounce:10001", "must be name=pin")]
    [DataRow("inputs", "door=2 debounce:", "must be name=pin")]
    [DataRow("inputs", "door=2 debounce: 5", "must be name=pin")]
    [DataRow("inputs", "=2", "must have names of at most 32 of")]
    [DataRow("inputs", "my door=2", "must have names of at most 32 of")]
    [DataRow("inputs", "door\"=2", "must have names of at most 32 of")]
    [DataRow("inputs", "a12345678901234567890123456789012=2", "must have names of at most 32 of")]
    [DataRow("inputs", "door=2\ndoor=3", "must have each name once")]
    [DataRow("inputs", "door=6", "must name pins that this board has and does not need for itself")]
    [DataRow("inputs", "door=66", "must name pins that this board has and does not need for itself")]
    [DataRow("inputs", "a=2\nb=2\nc=2\nd=2\ne=2\nf=2\ng=2\nh=2\ni=2", "must have at most 8 lines")]
    [DataRow("analog", "battery", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:1000.1", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:.5", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:1.", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:1e3", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:1.2.3", "must be name=channel")]
    [DataRow("analog", "battery=0 scale:0.0000000001", "must be name=channel")]
    [DataRow("analog", "battery=0 offset:1234567890", "must be name=channel")]
    [DataRow("analog", "battery=0 offset:1.234567890", "must be name=channel")]
    [DataRow("analog", "battery=0 offset:-", "must be name=channel")]
    [DataRow("analog", "battery=0 unit:Volts", "must be name=channel")]
    [DataRow("analog", "battery=0 unit:", "must be name=channel")]
    [DataRow("analog", "battery=0 unit:abcdefghijklmnopqrstuvwxy", "must be name=channel")]
    [DataRow("analog", "battery=0 every:0", "must be name=channel")]
    [DataRow("analog", "battery=0 every:3601", "must be name=channel")]
    [DataRow("analog", "battery=3", "must name channels whose pins this board has")]
    [DataRow("analog", "a=0\nb=0\nc=0\nd=0\ne=0", "must have at most 4 lines")]
    [DataRow("pwm", "fan=2", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=2 duty:100.1", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=2 duty:-1", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=2 duty:1.25", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=2 duty:1 frequency:0", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=2 duty:1 frequency:100001", "must be name=pin duty:N")]
    [DataRow("pwm", "fan=6 duty:1", "must name pins that this board has")]
    [DataRow("i2c", "t=0x07", "must be name=address")]
    [DataRow("i2c", "t=0x78", "must be name=address")]
    [DataRow("i2c", "t=0x48 register:0", "must be name=address")]
    [DataRow("i2c", "t=0x48 register:0x0", "must be name=address")]
    [DataRow("i2c", "t=0x48 setup:0x01020304", "must be name=address")]
    [DataRow("i2c", "t=0x48 setup:2400", "must be name=address")]
    [DataRow("i2c", "t=0x48 bytes:0", "must be name=address")]
    [DataRow("i2c", "t=0x48 bytes:5", "must be name=address")]
    [DataRow("i2c", "t=0x48 at:9", "must be name=address")]
    [DataRow("i2c", "t=0x48 wait:1001", "must be name=address")]
    [DataRow("i2c", "t=0x48 crc bytes:3", "must be name=address")]
    [DataRow("i2c", "t=0x48 unsigned", "must be name=address")]
    [DataRow("i2c", "t=0x48 bus:1", "must be on a bus whose pins this board has")]
    [DataRow("memory_values", "1024=0", "must be cell=byte")]
    [DataRow("memory_values", "0=256", "must be cell=byte")]
    [DataRow("memory_values", "0=-1", "must be cell=byte")]
    [DataRow("memory_values", "0=0x100", "must be cell=byte")]
    [DataRow("memory_values", "0=", "must be cell=byte")]
    [DataRow("memory_values", "=0", "must be cell=byte")]
    [DataRow("memory_values", "0", "must be cell=byte")]
    [DataRow("memory_values", "0=1;1=2", "must be cell=byte")]
    [DataRow("node.labels", "room", "must be key=value")]
    [DataRow("node.labels", "=kitchen", "must have keys of Kubernetes' syntax")]
    [DataRow("node.labels", "my room=kitchen", "must have keys of Kubernetes' syntax")]
    [DataRow("node.labels", "r\u00f6\u00f6m=kitchen", "must have keys of Kubernetes' syntax")]
    [DataRow("node.labels", "a=b=c", "must have values of at most 63")]
    [DataRow("node.labels", "a=k\u00fcche", "must have values of at most 63")]
    [DataRow("node.labels", "a=-b", "must have values of at most 63")]
    [DataRow("node.labels", "a=1\na=1", "must have each key once")]
    [DataRow("node.labels", "kubernetes.io/os=x", "must not have keys under")]
    [DataRow("node.labels", "node-role.kubernetes.io/master=", "must not have keys under")]
    [DataRow("node.labels", "a.b.k8s.io/x=1", "must not have keys under")]
    [DataRow("node.labels", "picokubelet.io/board=x", "must not have keys under")]
    [DataRow("node.labels", "room-of-the-settings=kitchen", "must not have labels that the device's settings set")]
    [DataRow("node.labels", "a=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\nh=1\ni=1", "must have at most 8 lines")]
    [DataRow("node.annotations", "picokubelet.io/owned-labels=x", "must not have keys under")]
    [DataRow("node.annotations", "note=a\tb", "must not have control characters")]
    public void Bad_values_are_refused_with_the_rule(string key, string value, string rule)
    {
        Assert.StartsWith(rule, Keys.Read(key, value, Keys.NewValues()));
    }

    [TestMethod]
    public void Each_value_has_a_longest_length()
    {
        string longest = new string('x', 505);
        Assert.IsNull(Keys.Read("node.annotations", "label0=" + longest, Keys.NewValues()));
        Assert.AreEqual("must be at most 512 bytes", Keys.Read("node.annotations", "label0=x" + longest, Keys.NewValues()));
        Assert.AreEqual("must be at most 2048 bytes", Keys.Read("memory_values", new string(' ', 2049), Keys.NewValues()));
        Assert.IsNull(Keys.Read("memory_values", new string(' ', 2048), Keys.NewValues()));
    }

    [TestMethod]
    public void Without_pins_none_can_be_named_and_without_a_reachable_LED_it_can_only_be_off_or_the_status()
    {
        ConfigurationScope bare = new ConfigurationScope(null, new Labels(0));
        ConfigurationText text = new ConfigurationText(100);
        text.Begin("2=out:high");
        Assert.Contains("this board", Keys.Find("gpio").Read(text, Keys.NewValues(), bare));
        text.Begin("on");
        Assert.Contains("no LED", Keys.Find("led").Read(text, Keys.NewValues(), bare));
        text.Begin("status");
        Assert.IsNull(Keys.Find("led").Read(text, Keys.NewValues(), bare));
        text.Begin("off");
        Assert.IsNull(Keys.Find("led").Read(text, Keys.NewValues(), bare));
    }

    [TestMethod]
    public void The_defaults_are_the_settings_where_these_have_a_say()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.LeaseSeconds = 3;
        settings.StatusSeconds = 77;
        settings.LogLevel = PicoKubelet.Logging.LogLevel.Warning;
        ConfigurationValues defaults = ConfigurationKeys.MakeDefaults(settings);
        Assert.AreEqual("3", Keys.Write("heartbeat.leaseSeconds", defaults));
        Assert.AreEqual("77", Keys.Write("heartbeat.statusSeconds", defaults));
        Assert.AreEqual("30", Keys.Write("configmap.pollSeconds", defaults));
        Assert.AreEqual("warning", Keys.Write("log.level", defaults));
        Assert.AreEqual("true", Keys.Write("metrics.enabled", defaults));
        Assert.AreEqual("false", Keys.Write("kubelet.anonymousRead", defaults));
        Assert.AreEqual("status", Keys.Write("led", defaults));
        Assert.AreEqual("", Keys.Write("memory_values", defaults));
        Assert.IsTrue(Keys.Find("memory_values").AreSame(defaults, Keys.NewValues()));
    }

    [TestMethod]
    public void A_copy_is_the_same_and_independent()
    {
        ConfigurationValues one = Keys.NewValues();
        ConfigurationValues other = Keys.NewValues();
        string[] texts = { "2", "20", "5", "error", "a=1", "b=2", "9=9", "3=out:high", "blink:100", "door=4 inverted", "battery=0", "fan=2 duty:40", "t=72", "false", "true" };
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKey key = ConfigurationKeys.Get(i);
            Assert.IsNull(Keys.Read(key.Name, texts[i], one), key.Name);
            Assert.AreEqual(key.Name == "metrics.enabled", key.AreSame(one, other), key.Name);
            key.Copy(one, other);
            Assert.IsTrue(key.AreSame(one, other), key.Name);
            key.Copy(Keys.Defaults(), one);
            Assert.AreEqual(texts[i], Keys.Write(key.Name, other));
        }
    }
}
