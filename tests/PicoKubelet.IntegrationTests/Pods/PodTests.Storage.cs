using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

public abstract partial class PodTests
{
    private static readonly string[] Kept = ["boot.json", "config.json", "pod-0.cache", "program-0.cache"];
    private static readonly string[] Complaints = ["not be stored", "not kept", "no room to keep", "can not be used"];

    [TestMethod]
    public async Task ThePicoWsEightBlocksHoldWhatItAndItsPodNeed()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await WaitUntilReadyAsync(board);
        (await Cluster.KubectlAsync("--namespace", "picokubelet", "create", "configmap", board.Name, "--from-literal=memory_values=7=0x2a")).MustSucceed();
        await Pods.RunAsync("blink", TestPrograms.Blink, holdsPin: true);
        string uid = (await Pods.WaitForPhaseAsync("blink", "Running")).Uid();
        await MustKeepAsync(board);

        // The reboot stores the log's last lines too.
        StringAssert.StartsWith(await KubeletClient.CommandAsync(board, "{\"command\":\"reboot\"}"), "HTTP/1.1 202 ");
        await Pods.WaitForAsync("blink", pod =>
        {
            Assert.AreEqual(uid, pod.Uid());
            Assert.AreEqual(1, PodSpace.RestartsOf(pod));
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });
        await MustKeepAsync(board);

        board.Stop();
        board.Start();

        await WaitForLogAsync(board, PodSpace.Long, "msg=boot number=3");
        await WaitForLogAsync(board, PodSpace.Long, "stored configuration in force");
        await MustBlinkAsync(board);
        await MustKeepAsync(board);
        Assert.IsFalse(board.Log.Any(line => Complaints.Any(text => line.Contains(text, StringComparison.Ordinal))), string.Join('\n', board.Log));
    }

    private static Task MustKeepAsync(SimulatedBoard board)
    {
        return Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(Kept.All(board.HasFile), string.Join(' ', Kept.Where(board.HasFile))));
    }
}
