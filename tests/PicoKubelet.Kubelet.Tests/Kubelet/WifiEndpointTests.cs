using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

/// <summary>What the port tells of a second network.</summary>
[TestClass]
public class WifiEndpointTests
{
    [TestMethod]
    public void Which_network_is_in_use_and_why_the_other_is_not_is_told()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.Wifi.SecondSsid = "phone";
        settings.Wifi.SecondPassword = "second-password";
        NodeHarness node = new NodeHarness(settings);
        node.Network.Address = null;
        node.Network.Result = JoinResult.Refused;
        node.Network.Signal = -55;
        node.Run(2000);
        KubeletHarness kubelet = new KubeletHarness(node);
        string status = Body(kubelet, "/pico/status");
        Assert.Contains("\"failure\":\"wrong password\"", status);
        Assert.Contains("\"networks\":[{\"ssid\":\"home\",\"failure\":\"wrong password\"},{\"ssid\":\"phone\",\"failure\":\"no such network\"}]}", status);

        node.Network.AddressOnSecond = "10.0.0.7";
        node.Run(20000);
        status = Body(kubelet, "/pico/status");
        Assert.Contains("\"failure\":null,\"last_failure\":\"wrong password\",\"ssid\":\"phone\",\"address\":\"10.0.0.7\"", status);
        Assert.Contains("\"networks\":[{\"ssid\":\"home\",\"failure\":\"wrong password\"},{\"ssid\":\"phone\",\"failure\":null}]}", status);
        Assert.Contains("\nnode_wifi_second_network 1\n", Body(kubelet, "/metrics"));
        Assert.DoesNotContains("second-password", status + node.Log.Text);
    }

    [TestMethod]
    public void The_longest_names_fit()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.Wifi.SecondSsid = new string('\u0001', WifiSettings.MaxSsidBytes);
        NodeHarness node = new NodeHarness(settings);
        node.Network.Address = null;
        node.Network.Ssid = new string('\u0002', WifiSettings.MaxSsidBytes);
        node.Run(2000);

        Assert.Contains("\"command\":null}", Body(new KubeletHarness(node), "/pico/status"));
    }

    [TestMethod]
    public void Without_one_it_is_not_mentioned()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.DoesNotContains("networks", Body(kubelet, "/pico/status"));
        Assert.DoesNotContains("wifi", Body(kubelet, "/configz"));
        Assert.Contains("\nnode_wifi_second_network 0\n", Body(kubelet, "/metrics"));
    }

    [TestMethod]
    public void The_settings_are_told_but_for_the_passwords()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        WifiSettings wifi = kubelet.Context.Settings.Wifi;
        wifi.Address = new StaticAddress("192.168.1.50", "255.255.255.0", "192.168.1.1", "9.9.9.9");
        wifi.SecondSsid = "phone";
        wifi.SecondPassword = "second-password";

        Assert.Contains(
            "\"wifi\":{\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\",\"gateway\":\"192.168.1.1\",\"dns\":\"9.9.9.9\",\"secondSsid\":\"phone\",\"secondPasswordSet\":true}",
            Body(kubelet, "/configz"));
    }

    private static string Body(KubeletHarness kubelet, string target)
    {
        return KubeletHarness.BodyOf(kubelet.Get(target, KubeletHarness.Authorization));
    }
}
