namespace PicoKubelet.Bench.Soak;

/// <summary>What a day left behind.</summary>
internal sealed record SoakDay
{
    public int Number { get; init; }

    public int Heartbeats { get; set; }

    /// <summary>Gets or sets the longest and the shortest time between two heartbeats, in milliseconds, while nothing was wrong.</summary>
    public long LongestInterval { get; set; }

    public long ShortestInterval { get; set; } = long.MaxValue;

    public int Edits { get; set; }

    /// <summary>Gets or sets the longest time from an edit of the ConfigMap until it was in force, in milliseconds.</summary>
    public long SlowestEdit { get; set; }

    public int Faults { get; set; }

    /// <summary>Gets or sets the longest time from a fault's end to Ready, in milliseconds.</summary>
    public long SlowestRecovery { get; set; }

    public int Boots { get; set; }

    /// <summary>Gets or sets what the firmware allocates in the day's last ten minutes, for each heartbeat and all that goes with it.</summary>
    public double BytesPerHeartbeat { get; set; }

    /// <summary>Gets or sets what a scrape of the metrics allocates in the day's last ten minutes.</summary>
    public double BytesPerScrape { get; set; }

    /// <summary>Gets or sets how often a pod was rolled out or deleted by its owner's wish.</summary>
    public int PodChanges { get; set; }

    /// <summary>Gets or sets the longest time from such a change until the pod that takes the place was Ready and the old one gone, in milliseconds.</summary>
    public long SlowestPod { get; set; }

    public int Evictions { get; set; }

    public int Restarts { get; set; }

    public int PodReports { get; set; }

    public long ManagedBytes { get; set; }

    public int Handles { get; set; }

    public int Threads { get; set; }

    public long Timers { get; set; }
}
