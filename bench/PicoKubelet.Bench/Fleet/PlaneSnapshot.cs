using System.Globalization;

namespace PicoKubelet.Bench.Fleet;

/// <summary>What the control plane counted up to a moment: its own metrics, and what the kernel says of its processes.</summary>
internal sealed class PlaneSnapshot
{
    /// <summary>Gets the program that is not part of each control plane here.</summary>
    public const string Scheduler = "kube-scheduler";

    private const double TicksPerSecond = 100;

    private static readonly string[] Programs = ["kube-apiserver", "etcd", "kube-controller-manager"];

    private readonly Dictionary<string, double> _figures = [];

    private PlaneSnapshot()
    {
    }

    public DateTime At { get; } = DateTime.UtcNow;

    /// <summary>Gets a figure, or 0 where there is none.</summary>
    public double this[string name] => _figures.GetValueOrDefault(name);

    /// <summary>Takes a snapshot.</summary>
    public static async Task<PlaneSnapshot> TakeAsync(ControlPlane plane)
    {
        PlaneSnapshot snapshot = new();
        snapshot.ReadProcesses(plane);
        foreach ((string name, string labels, double value) in Parse(await plane.Admin.GetStringAsync("/metrics")))
        {
            snapshot.AddApiServer(name, labels, value);
        }

        using HttpClient client = new();
        foreach ((string name, _, double value) in Parse(await client.GetStringAsync(plane.EtcdMetrics)))
        {
            snapshot.Add(name, value);
        }

        return snapshot;
    }

    /// <summary>Gets what became of the creations of a resource since another snapshot: how many were answered with each status.</summary>
    public IEnumerable<(string Status, double Count)> Creations(string resource, PlaneSnapshot since)
    {
        string prefix = Created(resource, "");
        return _figures.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (name[prefix.Length..], this[name] - since[name])).Where(pair => pair.Item2 > 0);
    }

    /// <summary>Gets how much a figure grew a second.</summary>
    public double Rate(string name, PlaneSnapshot since) => (this[name] - since[name]) / (At - since.At).TotalSeconds;

    private static IEnumerable<(string Name, string Labels, double Value)> Parse(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int space = line.LastIndexOf(' ');
            if (line.StartsWith('#') || space < 0)
            {
                continue;
            }

            int brace = line.IndexOf('{', StringComparison.Ordinal);
            string name = brace < 0 ? line[..space] : line[..brace];
            string labels = brace < 0 ? "" : line[brace..space];
            if (double.TryParse(line[(space + 1)..], CultureInfo.InvariantCulture, out double value))
            {
                yield return (name, labels, value);
            }
        }
    }

    private static string Created(string resource, string status) => $"created {resource} {status}";

    private static string ValueOf(string label, string labels)
    {
        int begin = labels.IndexOf(label + "=\"", StringComparison.Ordinal);
        return begin < 0 ? "" : labels[(begin + label.Length + 2)..].Split('"')[0];
    }

    private void AddApiServer(string name, string labels, double value)
    {
        if (name is "apiserver_request_total")
        {
            Add("requests", value);
            foreach (string resource in (string[])["leases", "nodes", "configmaps", "events", "pods"])
            {
                if (labels.Contains($"resource=\"{resource}\"", StringComparison.Ordinal))
                {
                    Add("requests " + resource, value);
                }
            }

            if (labels.Contains("verb=\"POST\"", StringComparison.Ordinal) && ValueOf("resource", labels) is "nodes" or "leases")
            {
                Add(Created(ValueOf("resource", labels), ValueOf("code", labels)), value);
            }

            if (labels.Contains("code=\"4", StringComparison.Ordinal) || labels.Contains("code=\"5", StringComparison.Ordinal))
            {
                Add("requests refused", value);
            }
        }
        else if (name is "apiserver_flowcontrol_rejected_requests_total" or "apiserver_dropped_requests_total")
        {
            Add("requests dropped", value);
        }
    }

    private void ReadProcesses(ControlPlane plane)
    {
        foreach (string program in plane.HasScheduler ? [.. Programs, Scheduler] : Programs)
        {
            ReadProcess(program, plane.ProcessOf(program));
        }

        ReadProcess("fleet", Environment.ProcessId);
    }

    private void ReadProcess(string name, int id)
    {
        // proc(5): behind the command's name in parentheses, utime and stime are fields 14 and 15.
        string stat = File.ReadAllText($"/proc/{id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Add("cpu " + name, (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
        foreach (string line in File.ReadLines($"/proc/{id}/status"))
        {
            string[] parts = line.Split(':', StringSplitOptions.TrimEntries);
            if (parts[0] is "VmRSS" or "Threads")
            {
                Add($"{parts[0]} {name}", double.Parse(parts[1].Split(' ')[0], CultureInfo.InvariantCulture));
            }
        }
    }

    private void Add(string name, double value) => _figures[name] = this[name] + value;
}
