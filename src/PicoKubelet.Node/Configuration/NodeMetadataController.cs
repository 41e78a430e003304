using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Configuration;

/// <summary>
/// Keeps on the Node what the ConfigMap puts there: labels, annotations, and which resourceVersion is in force. Which of them are
/// ours the Node itself remembers, in annotations, so that one that leaves the ConfigMap while the device is off still leaves the Node.
/// </summary>
internal sealed class NodeMetadataController : INodeDuty
{
    /// <summary>The annotation with the resourceVersion of the ConfigMap in force.</summary>
    public const string VersionAnnotation = "picokubelet.io/config-resource-version";

    /// <summary>The annotation with the keys of the labels that the ConfigMap set.</summary>
    public const string OwnedLabelsAnnotation = "picokubelet.io/owned-labels";

    /// <summary>The annotation with the keys of the annotations that the ConfigMap set.</summary>
    public const string OwnedAnnotationsAnnotation = "picokubelet.io/owned-annotations";

    private const char Separator = ',';

    private const int FirstRetry = 2000;
    private const int LongestRetry = 60 * 1000;

    // What only a person can mend.
    private const int FirstRefusedRetry = 5 * 1000;
    private const int LongestRefusedRetry = 300 * 1000;

    private readonly ApiClient _client;
    private readonly ConfigurationValues _values;
    private readonly Labels _nodeLabels;
    private readonly EventRecorder _events;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private int _retry;
    private int _refusedRetry;
    private readonly string _path;
    private string _ownedLabels;
    private string _ownedAnnotations;
    private string _wantedVersion;
    private bool _isKnown;
    private bool _isDirty;
    private bool _hasFailed;
    private long _next;

    /// <param name="client">The client of the API server.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="nodeLabels">The labels that the node sets by itself, and that are never removed.</param>
    /// <param name="values">The values in force.</param>
    /// <param name="events">Records Events.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public NodeMetadataController(
        ApiClient client, string nodeName, Labels nodeLabels, ConfigurationValues values, EventRecorder events, IClock clock, Logger log, Random random)
    {
        _events = events;
        _clock = clock;
        _log = log;
        _random = random;
        _client = client;
        _nodeLabels = nodeLabels;
        _values = values;
        _path = "/api/v1/nodes/" + nodeName;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <summary>Gets the resourceVersion that the Node shows, or null.</summary>
    public string ReportedVersion { get; private set; }

    /// <summary>Takes over what a Node has, which was just registered or found.</summary>
    /// <param name="ownedLabels">The value of <see cref="OwnedLabelsAnnotation"/>, or null.</param>
    /// <param name="ownedAnnotations">The value of <see cref="OwnedAnnotationsAnnotation"/>, or null.</param>
    /// <param name="version">The value of <see cref="VersionAnnotation"/>, or null.</param>
    /// <param name="hasAll">Whether all labels and annotations are there with the values in force.</param>
    public void Adopt(string ownedLabels, string ownedAnnotations, string version, bool hasAll)
    {
        _ownedLabels = ownedLabels;
        _ownedAnnotations = ownedAnnotations;
        ReportedVersion = version;
        bool isRight = hasAll && version == _wantedVersion && ownedLabels == Join(_values.NodeLabels) && ownedAnnotations == Join(_values.NodeAnnotations);
        _isDirty = _isKnown && !isRight && HasAnything;
    }

    /// <summary>Makes the Node to be patched with the values in force, if need be.</summary>
    /// <param name="version">The resourceVersion in force, or null where there is no ConfigMap.</param>
    public void Want(string version)
    {
        _isKnown = true;
        _wantedVersion = version;
        _isDirty = HasAnything;
    }

    /// <summary>Has it patched at once, if at all.</summary>
    public void SendSoon()
    {
        _next = 0;
    }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return Due.Until(_clock, _isDirty ? _next : Due.Never);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        ApiResult result = Send();
        if (result.IsOk)
        {
            _retry = 0;
            _refusedRetry = 0;
        }
        else
        {
            _next = _clock.Milliseconds + (result.IsRefusal
                ? Backoff.Next(ref _refusedRetry, FirstRefusedRetry, LongestRefusedRetry, _random)
                : Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random));
            if (!_hasFailed)
            {
                // Once, not at each of the retries.
                _log.Warn("configuration not reported", "error", result.Describe());
                if (result.IsRefusal)
                {
                    _events.Record(
                        EventRecorder.Warning, EventReason.ConfigurationNotReported, "what the ConfigMap puts on the Node is refused: " + result.Describe());
                }
            }
        }

        _hasFailed = !result.IsOk;
        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    private bool HasAnything => _wantedVersion != ReportedVersion || _ownedLabels != null || _ownedAnnotations != null
        || _values.NodeLabels.Count > 0 || _values.NodeAnnotations.Count > 0;

    private ApiResult Send()
    {
        string ownedLabels = Join(_values.NodeLabels);
        string ownedAnnotations = Join(_values.NodeAnnotations);
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch, ReplyForm.Nothing);
        json.BeginObject();
        json.BeginObject("metadata");
        json.BeginObject("labels");
        WritePairs(json, _values.NodeLabels, _ownedLabels);
        json.EndObject();
        json.BeginObject("annotations");
        WritePairs(json, _values.NodeAnnotations, _ownedAnnotations);

        // null, which the writer makes of a null, removes in a merge patch.
        json.Property(VersionAnnotation, _wantedVersion);
        json.Property(OwnedLabelsAnnotation, ownedLabels);
        json.Property(OwnedAnnotationsAnnotation, ownedAnnotations);
        json.EndObject();
        json.EndObject();
        json.EndObject();
        ApiResult result = _client.Send(null);
        if (result.IsOk)
        {
            _ownedLabels = ownedLabels;
            _ownedAnnotations = ownedAnnotations;
            ReportedVersion = _wantedVersion;
            _isDirty = false;
        }

        return result;
    }

    private static string Join(Labels pairs)
    {
        string joined = null;
        for (int i = 0; i < pairs.Count; i++)
        {
            joined = joined == null ? pairs.Key(i) : joined + Separator + pairs.Key(i);
        }

        return joined;
    }

    private void WritePairs(JsonWriter json, Labels pairs, string owned)
    {
        for (int i = 0; i < pairs.Count; i++)
        {
            json.Property(pairs.Key(i), pairs.Value(i));
        }

        if (owned == null)
        {
            return;
        }

        foreach (string key in owned.Split(Separator))
        {
            if (pairs.IndexOf(key) < 0 && IsRemovable(key))
            {
                json.Property(key, null);
            }
        }
    }

    private bool IsRemovable(string key)
    {
        // Others may have written the annotation: what could never be ours is left alone.
        return KubernetesNames.IsLabelKey(key) && !KubernetesNames.IsReservedKey(key) && _nodeLabels.IndexOf(key) < 0;
    }
}
