using PicoKubelet.Text;

namespace PicoKubelet.Pods;

/// <summary>What a pod's status says of its containers: they may have run before the node was restarted.</summary>
public sealed class PodHistory
{
    private readonly string[] _names = Strings.NewArray(PodLimits.MaxContainers);
    private readonly int[] _restarts = new int[PodLimits.MaxContainers];
    private readonly bool[] _ran = new bool[PodLimits.MaxContainers];

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

    internal void Clear()
    {
        Count = 0;
        StartTime = null;
    }

    internal void Add(string name, int restarts, bool hasRun)
    {
        if (name != null && Count < _names.Length)
        {
            _names[Count] = name;
            _restarts[Count] = restarts;
            _ran[Count] = hasRun;
            Count++;
        }
    }
}
