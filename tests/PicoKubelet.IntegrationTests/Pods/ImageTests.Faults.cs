using System.Globalization;
using PicoKubelet.IntegrationTests.Proxy;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

// What a registry does wrong: nginx in front of it redirects for ever and wants a login, its own files are damaged.
public abstract partial class ImageTests
{
    private const int HugeBytes = 100 * 1024 * 1024;

    [TestMethod]
    public async Task WhatARegistryDoesWrongIsSaidByTheContainerAndLeavesTheBoardReady()
    {
        string wrong = await _registry.PushAsync("wrong:v1", TestPrograms.Polite);
        string torn = await _registry.PushAsync("torn:v1", TestPrograms.Blink);
        string grown = await _registry.PushAsync("grown:v1", TestPrograms.Counter);
        string huge = await _registry.PushAsync("huge:v1", new byte[HugeBytes]);
        int tornBytes = Convert.FromBase64String(TestPrograms.Blink).Length;
        int grownBytes = Convert.FromBase64String(TestPrograms.Counter).Length;
        _registry.DamageBlob(TestPrograms.Polite, blob => blob.WriteByte(1));
        _registry.DamageBlob(TestPrograms.Blink, blob => blob.SetLength(tornBytes - 1));
        _registry.DamageBlob(TestPrograms.Counter, blob => blob.SetLength(HugeBytes));
        await using NginxProxy nginx = await NginxProxy.StartAsync(
            "tests/PicoKubelet.IntegrationTests/Pods/registry.conf.template", new Dictionary<string, string> { ["PROXY_REGISTRY"] = _registry.Name });
        string front = $"127.0.0.1:{nginx.Port}";
        SimulatedBoard board = await StartBoardAsync(Pods, SettingsFor(front));
        await WaitUntilReadyAsync(board);

        await FailsAsync("wrong", front, "the blob's digest is sha256:[0-9a-f]{64}, not sha256:[0-9a-f]{64}");
        await FailsAsync("torn", front, $"the blob has fewer bytes than the {tornBytes} that the manifest says");
        await FailsAsync("grown", front, $"the blob has {HugeBytes} bytes, the manifest says {grownBytes}");
        await FailsAsync("huge", front, $"the program has {HugeBytes} bytes, and may have [0-9]+");
        await FailsAsync("turning", front, $"http://{front} redirects more than 4 times");
        await FailsAsync("private", front, $"401 from http://{front}: the registry wants a login, and boards have none");

        // One more pull for each at the most fits between the failures and their looking; sockets buffer some megabytes of what is not read.
        long sent = nginx.Requests.Sum(line => long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
        Assert.IsLessThan(HugeBytes / 2, sent, nginx.Log);
        Assert.IsFalse(nginx.Requests.Any(line => line.StartsWith("/v2/huge/blobs/", StringComparison.Ordinal)), nginx.Log);
        await WaitUntilReadyAsync(board);
        await WaitForRenewalAsync(board, DateTime.UtcNow);
    }

    private async Task FailsAsync(string name, string front, string words)
    {
        string image = $"{front}/{name}:v1";
        await Pods.ApplyAsync("v1", "Pod", name, Spec(image));
        await Pods.WaitForAsync(name, pod =>
        {
            Assert.AreEqual("ImagePullBackOff", PodSpace.StateOf(pod).Text("waiting", "reason"), pod["status"]!.ToJsonString());
            StringAssert.Matches(PodSpace.StateOf(pod).Text("waiting", "message"), new($"^Back-off pulling image \"{image}\": ErrImagePull: {words}$"));
        });
        await Pods.DeleteAsync("pod", name);
    }
}
