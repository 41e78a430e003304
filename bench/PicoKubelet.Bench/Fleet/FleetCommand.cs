using System.CommandLine;
using PicoKubelet.Bench.Cli;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Fleet;

/// <summary><c>fleet</c>: many boards in one process against a real kube-apiserver.</summary>
internal static class FleetCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, Task<List<string>>>, Task<int>> print)
    {
        Option<int> boards = new Option<int>("--boards") { Description = "How many boards.", DefaultValueFactory = _ => 1000 }.AtLeast(1);
        Option<double> minutes = new Option<double>("--minutes") { Description = "How long the steady state is watched.", DefaultValueFactory = _ => 10 }.AtLeast(0);
        Option<double> statusMinutes = new Option<double>("--status-minutes") { Description = "The same for heartbeats by status; 0 leaves them out.", DefaultValueFactory = _ => 3 }.AtLeast(0);
        Option<int> outage = new Option<int>("--outage") { Description = "How many seconds the API server is away; 0 leaves that out.", DefaultValueFactory = _ => 60 }.AtLeast(0);
        Option<bool> sharedRights = new("--shared-rights") { Description = "One role for the boards' group, rather than one for each board." };
        Option<bool> pods = new("--pods") { Description = "In place of outage and status: boards without pods, then the same with a DaemonSet, which is rolled out. Needs kube-scheduler." };
        Option<string> unavailable = new("--max-unavailable") { Description = "With --pods: how many pods the rollout may take at once.", DefaultValueFactory = _ => "10%" };
        Command command = new("fleet", "Many boards at once against a real kube-apiserver (KUBEBUILDER_ASSETS): start, steady state, an outage, a power cut, and heartbeats by status.")
        {
            boards, minutes, statusMinutes, outage, sharedRights, pods, unavailable,
        };
        command.SetAction((parsed, stop) => print(parsed, stop, "Fleet", report =>
        {
            FleetPlan plan = new(
                parsed.GetValue(boards),
                TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                TimeSpan.FromMinutes(parsed.GetValue(statusMinutes)),
                TimeSpan.FromSeconds(parsed.GetValue(outage)),
                !parsed.GetValue(sharedRights))
            {
                HasPods = parsed.GetValue(pods),
                MaxUnavailable = parsed.GetValue(unavailable)!,
            };
            return new FleetRun(plan, report).RunAsync();
        }));
        return command;
    }
}
