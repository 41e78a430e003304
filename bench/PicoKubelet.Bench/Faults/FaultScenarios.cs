using System.Globalization;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Configuration;
using PicoKubelet.Runtime;

namespace PicoKubelet.Bench.Faults;

/// <summary>The fault matrix.</summary>
internal static class FaultScenarios
{
    private const int Minutes = 60;

    // A request that is never answered takes its 8 s; the slowest retry of what only a person can mend comes after 60 s.
    private const int SlowRetry = 62;

    // The supervisor waits for 30 s before it gives a board up, and a start and the Wi-Fi take some 6 s.
    private const int RebootTime = 60;

    // Registration, status, Lease, ConfigMap, and Events.
    private const int MaxStartRequests = 10;

    public static IReadOnlyList<FaultScenario> All { get; } =
    [
        Wire("API server gone: connections refused", 5 * Minutes, WireFault.Refused),
        Wire("API server gone: packets vanish", 5 * Minutes, WireFault.BlackHole),
        new()
        {
            Name = "API server killed in mid-reply, back after 20 s",
            Seconds = 20,
            Begin = KillInMidReply,
            MaxRequests = BackoffBound(20),
            StaysReady = true,
        },
        Wire("replies cut in the middle", 5 * Minutes, WireFault.MidReply) with { MaxRequests = 2 * BackoffBound(5 * Minutes) },
        Wire("replies late by 30 s", 5 * Minutes, WireFault.Slow(30_000)),
        Wire("replies late by 5 s", 5 * Minutes, WireFault.Slow(5000)) with { StaysReady = true, MaxRequests = HeartbeatBound(5 * Minutes) },
        Wire("half-open: the port is open, TLS gets no answer", 5 * Minutes, WireFault.HalfOpen),
        Wire("requests are taken and never answered", 5 * Minutes, WireFault.NeverAnswers),
        Wire("each request is reset", 5 * Minutes, WireFault.Resets),
        Wire("429 with Retry-After 10", 5 * Minutes, WireFault.Failure(429, "TooManyRequests", 10)) with { MaxRequests = (5 * Minutes / 10) + 2 },
        Wire("429 without Retry-After", 5 * Minutes, WireFault.Failure(429, "TooManyRequests")),
        Wire("500", 5 * Minutes, WireFault.Failure(500, "InternalError")),
        Wire("503", 5 * Minutes, WireFault.Failure(503, "ServiceUnavailable")),
        Wire("503 with Retry-After 10", 5 * Minutes, WireFault.Failure(503, "ServiceUnavailable", 10)) with { MaxRequests = (5 * Minutes / 10) + 2 },
        Token("token expired, valid again after 10 min", 10 * Minutes),
        Token("token revoked for a day", 24 * 60 * Minutes) with { NeedsItsOwnBoard = true },
        new()
        {
            Name = "rights taken away (403)",
            Seconds = 10 * Minutes,
            Begin = stage => stage.Node.Wire.Fault = WireFault.Failure(403, "Forbidden"),
            MaxSecondsToReady = SlowRetry,
            MaxRequests = 2 * SlowBound(10 * Minutes),
        },
        new()
        {
            Name = "Node deleted",
            NeedsItsOwnBoard = true,
            Begin = stage => stage.Node.Cluster.DeleteNode(),
            End = _ => { },
            Check = stage => stage.Node.Cluster.Node.Text("metadata", "labels", "room") == "kitchen" ? null : "the labels are gone",
        },
        new()
        {
            Name = "Lease deleted",
            Begin = stage => stage.Node.Cluster.DeleteLease(),
            End = _ => { },
            StaysReady = true,
            Check = stage => stage.Node.Cluster.Lease is null ? "no Lease" : null,
        },
        new()
        {
            Name = "namespace of the ConfigMap deleted, made again after 5 min",
            NeedsItsOwnBoard = true,
            Seconds = 5 * Minutes,
            Begin = stage =>
            {
                stage.Node.Cluster.DeleteNamespace();
                stage.After(40_000, () => stage.Require(stage.Node.Firmware.Cells[0] == 0, "the defaults are not in force"));
            },
            End = stage =>
            {
                stage.Node.Cluster.CreateNamespace();
                stage.Node.Cluster.SetConfigMap(("node.labels", "room=kitchen"), ("memory_values", "0=7"));
            },
            StaysReady = true,
            MaxRequests = HeartbeatBound(5 * Minutes),
            Check = stage => stage.Node.Firmware.Cells[0] == 7 ? null : "the ConfigMap is not in force again",
        },
        Clock("time source an hour ahead", 3_600_000),
        Clock("time source an hour behind", -3_600_000),
        new()
        {
            Name = "Wi-Fi lost and back, each 5 s for 10 min",
            Seconds = 10 * Minutes,
            Begin = FlapWifi,
            End = stage => stage.Node.Device.RestoreWifi(),

            // A heartbeat, a poll and what a reconnection makes due, each time that it is back.
            MaxRequests = 3 * 60,
        },
        new()
        {
            Name = "Wi-Fi gone",
            Seconds = 10 * Minutes,
            Begin = stage => stage.Node.Device.LoseWifi(),
            End = stage => stage.Node.Device.RestoreWifi(),
            MaxRequests = 0,
        },
        new()
        {
            Name = "address changes each minute",
            Seconds = 5 * Minutes,
            Begin = stage => stage.Repeat(60_000, () => ChangeAddress(stage)),
            End = ChangeAddress,
            StaysReady = true,
            MaxRequests = 2 * HeartbeatBound(5 * Minutes),
            Check = stage => stage.Node.Cluster.Node!.ToJsonString().Contains($"\"{stage.Node.Device.Address}\"", StringComparison.Ordinal) ? null : "the new address is not reported",
        },
        new()
        {
            Name = "storage full, the ConfigMap edited meanwhile",
            NeedsItsOwnBoard = true,
            Seconds = 5 * Minutes,
            Begin = FillStorage,
            End = stage => stage.Node.Device.IsHealthy = true,
            StaysReady = true,
            MaxRequests = HeartbeatBound(5 * Minutes),
            Check = stage => stage.Node.Device.ReadFile(ConfigurationStore.FileName)?.AsSpan().IndexOf("9"u8) > 0 ? null : "the configuration is not stored afterwards",
        },
        new()
        {
            Name = "storage torn, and a reboot while the API server is gone",
            NeedsItsOwnBoard = true,
            Seconds = 1 * Minutes,
            Begin = TearStorage,
            Reboots = 1,
            MaxRequests = BackoffBound(1 * Minutes),
            Check = stage => stage.Node.Firmware.Cells[0] == 1 ? null : "the configuration is not in force again",
        },
        new()
        {
            Name = "power cut, back at once",
            Begin = stage => stage.Node.Reboot(),
            End = _ => { },
            Reboots = 1,
            StaysReady = true,
        },
        new()
        {
            Name = "eleven power cuts 20 s apart: safe mode for an hour",
            NeedsItsOwnBoard = true,
            Seconds = 61 * Minutes,
            Begin = CutPowerAgainAndAgain,
            End = _ => { },
            Reboots = BootRecord.MaxShortStarts + 2,
            StaysReady = true,
            MaxRequests = HeartbeatBound(66 * Minutes) + ((BootRecord.MaxShortStarts + 2) * MaxStartRequests),
            Check = stage => stage.Node.Firmware.Boot.IsSafe ? "safe mode does not end" : stage.Node.Firmware.Cells[0] == 1 ? null : "the configuration is not in force again",
        },
        new()
        {
            Name = "memory low (a tenth is free)",
            Seconds = 5 * Minutes,
            Begin = stage =>
            {
                stage.Node.Device.FreeHeap = stage.Node.Device.TotalHeap / 10;
                stage.After(30_000, () => stage.Require(Condition(stage, "MemoryPressure") == "True", "no MemoryPressure"));
            },
            End = stage => stage.Node.Device.FreeHeap = stage.Node.Device.NormalFreeHeap,
            StaysReady = true,
            MaxRequests = HeartbeatBound(5 * Minutes),
            Check = stage => Condition(stage, "MemoryPressure") == "False" ? null : "MemoryPressure stays",
        },
        new()
        {
            Name = "memory nearly exhausted (a twentieth is free)",
            Seconds = 1,
            Begin = stage => stage.Node.Device.FreeHeap = stage.Node.Device.TotalHeap / 20,
            End = _ => { },
            MaxSecondsToReady = RebootTime,
            Reboots = 1,
            MaxRequests = HeartbeatBound(1),
        },
    ];

    private static FaultScenario Wire(string name, int seconds, WireFault fault) => new()
    {
        Name = name,
        Seconds = seconds,
        Begin = stage => stage.Node.Wire.Fault = fault,
        MaxRequests = BackoffBound(seconds),
    };

    private static FaultScenario Token(string name, int seconds) => new()
    {
        Name = name,
        Seconds = seconds,
        Begin = stage => stage.Node.Cluster.IsTokenValid = false,
        End = stage => stage.Node.Cluster.IsTokenValid = true,
        MaxSecondsToReady = SlowRetry,
        MaxRequests = SlowBound(seconds),
    };

    private static FaultScenario Clock(string name, long error) => new()
    {
        Name = name + ", for 3 h",
        Seconds = 3 * 60 * Minutes,
        NeedsItsOwnBoard = true,
        Begin = stage =>
        {
            stage.Node.Device.TimeError = error;
            WatchRenewals(stage);
        },
        End = stage => stage.Node.Device.TimeError = 0,
        StaysReady = true,
        MaxRequests = HeartbeatBound(3 * 60 * Minutes),
    };

    /// <summary>Attempts of the backoff, 100 ms doubling to 7 s with half of it as jitter, one of them sent twice.</summary>
    private static int BackoffBound(int seconds) => 10 + (seconds * 2 / 7);

    /// <summary>Attempts of the slow backoff, 2 s doubling to 60 s with half of it as jitter, one of them sent twice.</summary>
    private static int SlowBound(int seconds) => 8 + (seconds / 30);

    /// <summary>Leases each 10 s, looks at the Node each 13 s, polls each 30 s, statuses each 5 minutes, and what there is to tell of a change.</summary>
    private static int HeartbeatBound(int seconds) => 12 + (seconds / 10) + (seconds / 13) + (seconds / 30) + (seconds / 300);

    private static string? Condition(FaultStage stage, string type) =>
        stage.Node.Cluster.Node is { } node ? VirtualCluster.ConditionOf(node, type) : null;

    private static void KillInMidReply(FaultStage stage)
    {
        stage.Node.Wire.Fault = WireFault.MidReply;
        stage.Node.Wire.Served += _ => stage.Node.Wire.Fault = stage.HasEnded ? stage.Node.Wire.Fault : WireFault.Refused;
    }

    private static void FlapWifi(FaultStage stage)
    {
        stage.Node.Device.LoseWifi();
        stage.Repeat(5000, () =>
        {
            if (stage.Node.Device.HasWifi)
            {
                stage.Node.Device.LoseWifi();
            }
            else
            {
                stage.Node.Device.RestoreWifi();
            }
        });
    }

    private static void ChangeAddress(FaultStage stage) =>
        stage.Node.Device.ChangeAddress(string.Create(CultureInfo.InvariantCulture, $"192.168.{stage.Random.Next(250)}.{stage.Random.Next(1, 250)}"));

    private static void FillStorage(FaultStage stage)
    {
        int writes = stage.Node.Device.Writes;
        stage.Node.Device.IsHealthy = false;
        stage.Node.Cluster.SetConfigMap(("memory_values", "0=9"));
        stage.After(60_000, () =>
        {
            stage.Require(stage.Node.Firmware.Cells[0] == 9, "the edit is not in force");
            stage.Require(Condition(stage, "DiskPressure") == "True", "no DiskPressure");
        });
        stage.After(290_000, () => stage.Require(stage.Node.Device.Writes - writes <= 6, "the storage is written to without end"));
    }

    private static void TearStorage(FaultStage stage)
    {
        byte[] content = stage.Node.Device.ReadFile(ConfigurationStore.FileName) ?? [];
        stage.Require(content.Length > 0, "nothing is stored");
        stage.Node.Device.WriteFile(ConfigurationStore.FileName, content[..stage.Random.Next(content.Length)]);
        stage.Node.Wire.Fault = WireFault.Refused;
        stage.Node.Reboot();
        stage.Require(stage.Node.Firmware.Cells[0] == 0, "a torn file is in force");
    }

    private static void CutPowerAgainAndAgain(FaultStage stage)
    {
        for (int i = 0; i <= BootRecord.MaxShortStarts; i++)
        {
            stage.Require(!stage.Node.Firmware.Boot.IsSafe, "safe mode came too early");
            stage.Node.Run(20_000);
            stage.Node.Reboot();
        }

        stage.Node.Run(30_000);
        stage.Require(stage.Node.Firmware.Boot.IsSafe && stage.Node.Firmware.Cells[0] == 0, "the configuration is not left aside");
        stage.Require(Condition(stage, "ConfigurationApplied") == "False" && Condition(stage, "Ready") == "True", "the conditions do not tell of safe mode");
    }

    private static void WatchRenewals(FaultStage stage)
    {
        string last = "";
        stage.Node.Wire.Served += _ =>
        {
            string renewed = stage.Node.Cluster.Lease.Text("spec", "renewTime") ?? "";
            stage.Require(string.CompareOrdinal(renewed, last) >= 0, "a Lease's time goes back");
            last = renewed;
        };
    }
}
