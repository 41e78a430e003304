using PicoKubelet.Text;

namespace PicoKubelet.Pods;

/// <summary>What a pod's status says of its containers: they may have run before the node was restarted.</summary>
public sealed class PodHistory
{
    /// <summary>The field of what the board keeps that has a program's SHA-256.</summary>
    internal const string DigestField = "program";

    /// <summary>The field of what the board keeps that has the wait before the last start, milliseconds.</summary>
    internal const string BackoffField = "backOff";

    private readonly string[] _names = Strings.NewArray(PodLimits.MaxContainers);
    private readonly int[] _restarts = new int[PodLimits.MaxContainers];
    private readonly bool[] _ran = new bool[PodLimits.MaxContainers];
    private readonly string[] _images = Strings.NewArray(PodLimits.MaxContainers);
    private readonly string[] _digests = Strings.NewArray(PodLimits.MaxContainers);
    private readonly int[] _backoffs = new int[PodLimits.MaxContainers];

    /// <summary>Gets or sets the time at which the node took the pod, or null where it is new.</summary>
    public string StartTime { get; set; }

    internal int Count { get; private set; }

    /// <summary>Gets how often a container was started again.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="hasRun">Whether it ever ran.</param>
    /// <returns>The number.</returns>
    public int RestartsOf(string container, out bool hasRun)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_names[i] == container)
            {
                hasRun = _ran[i];
                return _restarts[i];
            }
        }

        hasRun = false;
        return 0;
    }

    /// <summary>Gets the rest of what the board kept of a container.</summary>
    internal string DigestOf(string container, out string imageId, out int backoff)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_names[i] == container)
            {
                imageId = _images[i];
                backoff = _backoffs[i];
                return _digests[i];
            }
        }

        imageId = null;
        backoff = 0;
        return null;
    }

    internal void Clear()
    {
        Count = 0;
        StartTime = null;
    }

    internal void Add(string name, int restarts, bool hasRun, string imageId, string digest, int backoff)
    {
        if (name != null && Count < _names.Length)
        {
            _names[Count] = name;
            _restarts[Count] = restarts;
            _ran[Count] = hasRun;
            _images[Count] = imageId;
            _digests[Count] = digest;
            _backoffs[Count] = backoff;
            Count++;
        }
    }
}
