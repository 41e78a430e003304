using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>What a board does when it may not do what it needs to, and whom it trusts.</summary>
public abstract class AccessTests : ClusterTests
{
    private protected AccessTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task WithoutRightsItSaysSoAndJoinsOnceItHasThem()
    {
        SimulatedBoard board = await StartBoardAsync(BoardRights.None);

        await WaitForLogAsync(board, JoinTime, "Forbidden", "is forbidden: User", "cannot");
        Assert.IsFalse(board.State.IsRegistered);
        Assert.IsNotNull(board.State.LastError);

        await Cluster.Identities.GrantAsync(board.Name, BoardRights.All);

        await WaitUntilReadyAsync(board);
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task WithoutTheRightToLeasesItReportsByStatus()
    {
        SimulatedBoard board = await StartBoardAsync(BoardRights.All & ~BoardRights.Lease);
        await WaitUntilReadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, () => Assert.AreEqual("status", board.State.Mode));

        await Eventually.StaysAsync(
            Cluster.GracePeriod + TimeSpan.FromSeconds(3),
            async () => (await NodeAsync(board)).MustBe("Ready", "True"));

        await WaitForLogAsync(board, TimeSpan.Zero, "Forbidden", "leases");
        Assert.AreEqual(1, board.Boots);
    }

    [TestMethod]
    public async Task ARevokedTokenIsSaidAndNoReasonToReboot()
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);

        await Cluster.Identities.RevokeAsync(board.Name);

        // A real API server believes a token that it has just checked for another ten seconds.
        await WaitForLogAsync(board, TimeSpan.FromSeconds(10) + JoinTime, "Unauthorized");
        await WaitForAsync(board, "Ready", "Unknown", LossTime);
        Assert.AreEqual(1, board.Boots);
        Assert.IsTrue(board.IsRunning);
    }

    [TestMethod]
    public async Task ATokenThatNobodyKnowsIsSaidAndNeverShown()
    {
        string name = NewName();
        const string Token = "not-a-token-0123456789";

        SimulatedBoard board = StartBoard(name, Token, Cluster.Url, Cluster.CaPem);

        await WaitForLogAsync(board, JoinTime, "Unauthorized");
        Assert.IsNull(await Cluster.FindAsync(Cluster.NodePath(name)));
        Assert.IsFalse(board.Log.Any(line => line.Contains(Token, StringComparison.Ordinal)), "the token is in the log");
    }

    [TestMethod]
    public async Task AServerOfAnotherCaIsNotTrusted()
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);

        SimulatedBoard board = StartBoard(name, token, Cluster.Url, OtherCa());

        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.State.HeartbeatsFailed > 1 || board.State.LastError is not null));
        Assert.IsFalse(board.State.IsRegistered);
        Assert.IsNull(await Cluster.FindAsync(Cluster.NodePath(name)));
    }

    private static string OtherCa()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=another-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return certificate.ExportCertificatePem();
    }
}
