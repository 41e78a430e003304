using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard.Reviews;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>What a board asks the cluster about clients of its port is bounded, and holds for a while.</summary>
[TestClass]
public sealed class AskingLimitTests : IClock
{
    /// <inheritdoc/>
    public long Milliseconds { get; private set; } = 1000;

    [TestMethod]
    public void WhoGuessesTakesNothingFromOthers()
    {
        AskingLimit limit = new(this);

        Assert.AreEqual(AskingLimit.PerAddress, Enumerable.Range(0, 1000).Count(_ => limit.TryTake("guesser")));
        Assert.IsTrue(limit.TryTake("honest"));
        Milliseconds += AskingLimit.PerAddressMilliseconds;
        Assert.AreEqual(1, Enumerable.Range(0, 1000).Count(_ => limit.TryTake("guesser")));
    }

    [TestMethod]
    public void ManyAddressesTogetherHaveABoundToo()
    {
        AskingLimit limit = new(this);

        Assert.IsLessThanOrEqualTo(40, Enumerable.Range(0, 10000).Count(index => limit.TryTake($"10.0.{index / 250}.{index % 250}")));
        Milliseconds += 60 * 1000;
        Assert.IsTrue(limit.TryTake("honest"));
    }

    [TestMethod]
    public void AnAnswerHoldsForItsTimeAndTheOldestMakesRoom()
    {
        BoundedCache<int> cache = new(this, 2);
        cache.Keep("a", 1, 100);
        cache.Keep("b", 2, 200);
        Assert.IsTrue(cache.TryFind("a", out int answer, out bool holds) && holds && answer == 1);

        Milliseconds += 150;
        Assert.IsTrue(cache.TryFind("a", out _, out holds));
        Assert.IsFalse(holds);
        cache.Keep("c", 3, 300);
        Assert.IsFalse(cache.TryFind("a", out _, out _));
        Assert.IsTrue(cache.TryFind("b", out _, out holds) && holds);
    }

    [TestMethod]
    public void ACertificateThatHasExpiredIsAnErrorOfTheSettings()
    {
        using X509Certificate2 expired = new TestCertificates().MakeClient("system:node:a", hasExpired: true, group: "system:nodes");
        using ECDsa key = expired.GetECDsaPrivateKey()!;

        SettingsException exception = Assert.ThrowsExactly<SettingsException>(
            () => TlsIdentity.Read("clientCertificate", expired.ExportCertificatePem() + "\n", "clientKey", key.ExportECPrivateKeyPem() + "\n"));

        Assert.StartsWith("clientCertificate: has expired on 20", exception.Message);
    }
}
