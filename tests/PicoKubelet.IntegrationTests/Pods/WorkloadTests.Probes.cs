using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.IntegrationTests.Pods;

/// <content>Probes, as whoever has kubectl sees them.</content>
public abstract partial class WorkloadTests
{
    [TestMethod]
    public async Task AProgramThatIsNoMoreAliveIsRestarted()
    {
        await StartBoardAsync(Pods);
        await ApplyProbedAsync(("startupProbe", "up", 30), ("livenessProbe", "alive", 2));
        await Pods.WaitForPhaseAsync("probed", "Running");

        JsonNode restarted = await Pods.WaitForAsync("probed", pod =>
        {
            Assert.IsGreaterThan(0, PodSpace.RestartsOf(pod));
            Assert.IsNotNull(PodSpace.StateOf(pod)["running"]);
            Assert.AreEqual("True", PodSpace.ReadyOf(pod));
        });

        Assert.AreEqual(0, restarted["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["exitCode"]!.GetValue<int>());
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            string described = await Pods.KubectlAsync("describe", "pod", "probed");
            StringAssert.Matches(described, new("Warning +Unhealthy .* Startup probe failed: up returned 1"));
            StringAssert.Matches(described, new("Warning +Unhealthy .* Liveness probe failed: alive returned 1"));
            StringAssert.Matches(described, new("Normal +Killing .* Container main failed liveness probe, will be restarted"));
        });
        await Pods.DeleteAsync("pod", "probed");
    }

    [TestMethod]
    public async Task AProgramThatIsNotReadyRunsAndIsNotCountedOn()
    {
        await StartBoardAsync(Pods);
        await ApplyProbedAsync(("readinessProbe", "ready", 1));

        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            StringAssert.Matches(await Pods.KubectlAsync("describe", "pod", "probed"), new("Warning +Unhealthy .* Readiness probe failed: ready returned 7"));
            StringAssert.Matches(await Pods.KubectlAsync("get", "pod", "probed", "--no-headers"), new("^probed +0/1 +Running +0 "));
        });
        JsonNode pod = await Pods.WaitForPhaseAsync("probed", "Running");
        Assert.AreEqual("False", PodSpace.ReadyOf(pod));
        Assert.IsTrue(pod["status"]!["containerStatuses"]![0]!["started"]!.GetValue<bool>());
        await Pods.DeleteAsync("pod", "probed");
    }

    [TestMethod]
    public async Task AProbesFunctionThatTheProgramDoesNotHaveIsNamed()
    {
        await StartBoardAsync(Pods);
        await ApplyProbedAsync(("livenessProbe", "healthy", 1));

        JsonNode pod = await Pods.WaitForPhaseAsync("probed", "Failed");

        Assert.AreEqual("StartError", PodSpace.StateOf(pod).Text("terminated", "reason"));
        StringAssert.StartsWith(PodSpace.StateOf(pod).Text("terminated", "message"), "the program exports no function healthy ");
    }

    private async Task ApplyProbedAsync(params (string Kind, string Function, int Failures)[] probes)
    {
        await Pods.AddProgramAsync("probed", TestPrograms.Ailing);
        JsonObject spec = Pods.Spec("probed", probes.Any(probe => probe.Function == "healthy") ? "Never" : "Always");
        foreach ((string kind, string function, int failures) in probes)
        {
            spec["containers"]![0]![kind] = new JsonObject
            {
                ["exec"] = new JsonObject { ["command"] = new JsonArray(function) },
                ["periodSeconds"] = 1,
                ["failureThreshold"] = failures,
            };
        }

        await Pods.ApplyAsync("v1", "Pod", "probed", spec);
    }
}
