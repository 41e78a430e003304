using PicoKubelet.Json;
using PicoKubelet.Rejection;
using PicoKubelet.Settings;

namespace PicoKubelet.Pods;

/// <summary>
/// Reads a pod while it streams by: each field with a bound, so that the largest costs no more heap than the smallest. The first field
/// that a board can not honour is named. Of a pod that is known already, nothing is kept but its metadata and whether it is ready.
/// </summary>
public sealed partial class PodReader
{
    /// <summary>The most bytes of a variable's value.</summary>
    internal const int MaxValueBytes = 256;

    /// <summary>The most bytes of an argument, and of a path.</summary>
    internal const int MaxPathBytes = 128;

    private const int MaxNameBytes = 253;
    private const int MaxLabelBytes = 63;
    private const int MaxUidBytes = 64;
    private const int MaxLabels = 16;
    private const int MaxVolumes = 6;

    private readonly IKnownPods _known;
    private readonly Labels _labels = new Labels(MaxLabels);
    private readonly ContainerSpec[] _containers = new ContainerSpec[PodLimits.MaxContainers];
    private readonly PodVolume[] _volumes = new PodVolume[MaxVolumes];
    private PodSpec _spec;
    private int _containerCount;
    private int _volumeCount;
    private string _runtimeClass;
    private bool _hasSpec;

    /// <summary>Initializes the reader.</summary>
    /// <param name="known">Tells which pods are known.</param>
    public PodReader(IKnownPods known)
    {
        _known = known;
        Clear();
    }

    /// <summary>Gets or sets whether what is read are static pods' manifests: they may refer to nothing that the API server has.</summary>
    internal bool IsStatic { get; set; }

    /// <summary>Gets the uid of the static pod that it mirrors, or null.</summary>
    internal string MirrorOf { get; private set; }

    /// <summary>Gets the pod's namespace.</summary>
    public string Namespace { get; private set; }

    /// <summary>Gets the pod's name.</summary>
    public string Name { get; private set; }

    /// <summary>Gets the pod's uid; null where the document was no pod.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets the resourceVersion.</summary>
    public string ResourceVersion { get; private set; }

    /// <summary>Gets whether somebody deleted it and waits for the node.</summary>
    public bool IsDeleting { get; private set; }

    /// <summary>Gets the seconds that the deletion leaves its programs.</summary>
    public int DeletionGraceSeconds { get; private set; }

    /// <summary>Gets whether its status says that it is over.</summary>
    public bool IsTerminal { get; private set; }

    /// <summary>Gets whether its status says that it is ready.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Gets what its status says of containers that ran before this node started.</summary>
    public PodHistory History { get; } = new PodHistory();

    /// <summary>Gets the reason why it can not be taken, or null.</summary>
    public string RefusalReason { get; private set; }

    /// <summary>Gets what there is to say about that, or null.</summary>
    public string RefusalMessage { get; private set; }

    /// <summary>Gets whether it was known already, so that little of it was read.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Reads an object, which may be a part of a larger document.</summary>
    /// <param name="json">Before its first token.</param>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public void Read(JsonReader json)
    {
        Clear();
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                ReadMetadata(json);
            }
            else if (!IsKnown && json.NameIs("spec") && json.BeginObjectOrSkip())
            {
                _hasSpec = true;
                ReadSpec(json);
            }
            else if (json.NameIs("status") && json.BeginObjectOrSkip())
            {
                ReadStatus(json);
            }
            else if (IsStatic && json.NameIs("kind") && !json.ReadIs("Pod"))
            {
                Refuse("kind", "has to be Pod");
            }
        }

        Namespace ??= "";
    }

    /// <summary>Makes what the node needs of the pod that was read. The reader forgets it.</summary>
    /// <returns>The pod, or null where it can not be taken; <see cref="RefusalReason"/> says why.</returns>
    public PodSpec TakeSpec()
    {
        if (_runtimeClass != PodLimits.RuntimeClass)
        {
            RefusalReason = PodRefusal.Runtime;
            RefusalMessage = PodRefusal.RuntimeMessage;
        }
        else if (Name == null)
        {
            Refuse("metadata.name", "there has to be one");
        }
        else if (_containerCount == 0)
        {
            Refuse("spec.containers", "there has to be one");
        }

        for (int i = 0; i < _containerCount && RefusalReason == null; i++)
        {
            Complete(i);
        }

        PodSpec spec = _spec;
        if (RefusalReason != null || !_hasSpec)
        {
            return null;
        }

        spec.Namespace = Namespace;
        spec.Name = Name;
        spec.Uid = Uid;
        spec.Containers = new ContainerSpec[_containerCount];
        for (int i = 0; i < _containerCount; i++)
        {
            spec.Containers[i] = _containers[i];
            _containers[i] = null;
        }

        return spec;
    }

    private void Clear()
    {
        _labels.Clear();
        for (int i = 0; i < _containers.Length; i++)
        {
            _containers[i] = null;
        }

        for (int i = 0; i < MaxVolumes; i++)
        {
            _volumes[i] = null;
        }

        _spec = null;
        _containerCount = 0;
        _volumeCount = 0;
        _mountCount = 0;
        _runtimeClass = null;
        _hasSpec = false;
        Namespace = null;
        Name = null;
        Uid = null;
        ResourceVersion = null;
        IsDeleting = false;
        DeletionGraceSeconds = 0;
        IsTerminal = false;
        IsReady = false;
        IsKnown = false;
        RefusalReason = null;
        RefusalMessage = null;
        MirrorOf = null;
        History.Clear();
    }

    private void ReadMetadata(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("name"))
            {
                Name = json.ReadString(MaxNameBytes);
            }
            else if (json.NameIs("namespace"))
            {
                Namespace = json.ReadString(MaxLabelBytes);
            }
            else if (json.NameIs("uid"))
            {
                Uid = json.ReadString(MaxUidBytes);
                IsKnown = Uid != null && _known.IsKnown(Uid);
            }
            else if (json.NameIs("resourceVersion"))
            {
                ResourceVersion = json.ReadString(MaxUidBytes);
            }
            else if (json.NameIs("deletionTimestamp"))
            {
                IsDeleting = json.ReadString(MaxUidBytes) != null;
            }
            else if (json.NameIs("deletionGracePeriodSeconds") && json.TryReadInt64(out long seconds))
            {
                DeletionGraceSeconds = Bound(seconds);
            }
            else if (!IsKnown && json.NameIs("labels") && json.BeginObjectOrSkip())
            {
                ReadLabels(json);
            }
            else if (json.NameIs("annotations") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    MirrorOf = json.NameIs(MirrorPod.Annotation) ? json.ReadString(MaxUidBytes) : MirrorOf;
                }
            }
        }
    }

    private void ReadLabels(JsonReader json)
    {
        while (json.ReadName())
        {
            if (!_labels.IsFull)
            {
                string key = json.GetString();
                _labels.Set(key, json.ReadString(MaxValueBytes) ?? "");
            }
        }
    }

    private static int Bound(long seconds)
    {
        // A year; what a board's own times can bear.
        return Bound(seconds, 365 * 24 * 3600);
    }

    private static int Bound(long number, int most)
    {
        return number < 0 ? 0 : number > most ? most : (int)number;
    }

    /// <summary>Refuses a list for its length. However many there are, they cost nothing.</summary>
    private void RefuseMore(string path, int most)
    {
        if (RefusalReason == null)
        {
            Refuse(path, "at most " + most.ToString());
        }
    }

    private void Refuse(string path, string why)
    {
        if (RefusalReason == null)
        {
            RefusalReason = PodRefusal.Field;
            RefusalMessage = path + ": " + why;
        }
    }
}
