using System.Text;
using PicoKubelet.VirtualBoard.Cli;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class KubeconfigTests
{
    private static readonly string Document = $"""
        apiVersion: v1
        kind: Config
        current-context: home
        clusters:
        - name: house
          cluster:
            server: https://192.168.1.10:6443
            certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes("ca in the file"))}
        - name: garden
          cluster:
            server: https://192.168.1.11:6443
            certificate-authority: garden.crt
        - name: blind
          cluster:
            server: https://192.168.1.12:6443
            insecure-skip-tls-verify: true
        users:
        - name: board
          user:
            token: secret
        - name: from-file
          user:
            tokenFile: token
        - name: person
          user:
            client-certificate-data: YQ==
            client-key-data: Yg==
        - name: half
          user:
            client-certificate-data: YQ==
        - name: nobody
          user: {"{"}username: a{"}"}
        contexts:
        - name: home
          context: {"{"}cluster: house, user: board{"}"}
        - name: outside
          context: {"{"}cluster: garden, user: from-file{"}"}
        - name: admin
          context: {"{"}cluster: house, user: person{"}"}
        - name: half
          context: {"{"}cluster: house, user: half{"}"}
        - name: nobody
          context: {"{"}cluster: house, user: nobody{"}"}
        - name: unchecked
          context: {"{"}cluster: blind, user: board{"}"}
        - name: dangling
          context: {"{"}cluster: nowhere, user: board{"}"}
        """;

    [TestMethod]
    public void TheCurrentContextIsUsed()
    {
        ClusterAddress address = Read(null);

        Assert.AreEqual(new Uri("https://192.168.1.10:6443"), address.Server);
        Assert.AreEqual("ca in the file", address.CaPem);
        Assert.AreEqual("secret", address.Token);
    }

    [TestMethod]
    public void FilesAreRelativeToTheKubeconfig()
    {
        ClusterAddress address = Read("outside");

        Assert.AreEqual(new Uri("https://192.168.1.11:6443"), address.Server);
        Assert.AreEqual("ca beside it", address.CaPem);
        Assert.AreEqual("token beside it", address.Token);
    }

    [TestMethod]
    public void AClientCertificateIsWhatAPersonHas()
    {
        ClusterAddress address = Read("admin");

        Assert.AreEqual("a", address.ClientCertificate);
        Assert.AreEqual("b", address.ClientKey);
        Assert.IsNull(address.Token);
        Assert.IsNull(Read("admin", "mine").ClientCertificate);
    }

    [TestMethod]
    public void ATokenOnTheCommandLineReplacesTheUsers()
    {
        Assert.AreEqual("mine", Read("admin", "mine").Token);
    }

    [TestMethod]
    [DataRow("half", "--kubeconfig", "a client certificate without its key")]
    [DataRow("nobody", "--kubeconfig", "kubectl create token")]
    [DataRow("unchecked", "--kubeconfig", "insecure-skip-tls-verify")]
    [DataRow("dangling", "--kubeconfig", "nowhere")]
    [DataRow("other", "--context", "home, outside, admin, half, nobody, unchecked, dangling")]
    public void WhatABoardCanNotUseIsRefusedWithTheReason(string context, string option, string expected)
    {
        var exception = Assert.ThrowsExactly<CommandException>(() => Read(context));

        Assert.StartsWith(option + ": ", exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    [TestMethod]
    [DataRow("a: [")]
    [DataRow("")]
    [DataRow("- a")]
    public void AFileThatIsNoKubeconfigIsRefused(string content)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("config", content);

        Assert.ThrowsExactly<CommandException>(() => Kubeconfig.Load(file));
    }

    private static ClusterAddress Read(string? context, string? token = null)
    {
        using var folder = new TemporaryFolder();
        folder.Write("garden.crt", "ca beside it");
        folder.Write("token", "token beside it\n");
        return Kubeconfig.Load(folder.Write("config", Document)).Read(context, token);
    }
}
