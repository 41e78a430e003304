using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Monitoring;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <content>What programs tell by themselves, and what they are told.</content>
public abstract partial class WorkloadTests
{
    [TestMethod]
    public async Task GaugesCountersAndEventsOfAProgramAreSeen()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.RunAsync("reports", TestPrograms.Reports);
        await Pods.WaitForPhaseAsync("reports", "Running");

        string labels = $"{{container=\"main\",namespace=\"{Pods.Name}\",pod=\"reports\",name=";
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            string metrics = await KubeletClient.GetBodyAsync(board, "/metrics");
            StringAssert.Contains(metrics, $"picokubelet_program_gauge{labels}\"temp\"}} -1.500\n");
            StringAssert.Contains(metrics, $"picokubelet_program_gauge{labels}\"opens_total\"}} 0.007\n");
            StringAssert.Contains(metrics, $"picokubelet_program_counter_total{labels}\"opens_total\"}} 2.500\n");
            Assert.AreEqual(8, new Exposition(metrics).Samples.Count(sample => sample.Name.StartsWith("picokubelet_program_", StringComparison.Ordinal)));
        });
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            StringAssert.Matches(await Pods.KubectlAsync("describe", "pod", "reports"), new("Normal +DoorOpened .* at é"));
            StringAssert.Contains(
                await Pods.KubectlAsync("get", "events", "--field-selector", "reason=DoorOpened", "--output", "jsonpath={.items[*].involvedObject.fieldPath}"), "spec.containers{main}");
        });

        await Pods.DeleteAsync("pod", "reports");

        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.DoesNotContain("pod=\"reports\"", await KubeletClient.GetBodyAsync(board, "/metrics")));
    }

    [TestMethod]
    public async Task AProgramIsToldAValueOfTheBoardsConfigMap()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Cluster.CreateAsync($"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = board.Name },
            ["data"] = new JsonObject { ["program.limit"] = "21.5" },
        });
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            Assert.AreEqual("Applied", (await NodeAsync(board)).Conditions().Single(condition => condition.Text("type") == "ConfigurationApplied").Text("reason")));

        await Pods.RunAsync("told", TestPrograms.Config, "Never");

        await Pods.WaitForPhaseAsync("told", "Succeeded");
        StringAssert.StartsWith(await KubeletClient.GetBodyAsync(board, $"/containerLogs/{Pods.Name}/told/main"), "21.5");
    }
}
