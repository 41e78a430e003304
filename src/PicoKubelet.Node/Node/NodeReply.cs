using System;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>What the node needs to know of its Node object, read while the reply streams by.</summary>
internal sealed class NodeReply : IReplyReader
{
    private const int MaxUidBytes = 64;

    // The longest list of keys that the configuration leaves on the Node.
    private const int MaxAnnotationBytes = 512;

    // Longer than any status or time of a condition; type is compared in the reader's own buffer.
    private const int MaxConditionBytes = 32;

    private readonly Labels _labels;
    private readonly NodeConditions _conditions;
    private readonly string[] _statuses;
    private readonly string[] _transitions;
    private int _matchingLabels;

    public NodeReply(Labels labels, NodeConditions conditions)
    {
        _labels = labels;
        _conditions = conditions;
        _statuses = Strings.NewArray(conditions.Count);
        _transitions = Strings.NewArray(conditions.Count);
    }

    /// <summary>Gets the object's uid.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets the keys of the labels that the configuration has put on the Node, or null.</summary>
    public string OwnedLabels { get; private set; }

    /// <summary>Gets the keys of the annotations that the configuration has put on the Node, or null.</summary>
    public string OwnedAnnotations { get; private set; }

    /// <summary>Gets the resourceVersion of the configuration that the Node shows, or null.</summary>
    public string ConfigurationVersion { get; private set; }

    /// <summary>Gets the boot that the Node shows (<c>nodeInfo.bootID</c>), or null.</summary>
    public string BootId { get; private set; }

    /// <summary>Gets whether all of the node's own labels are there with the right values.</summary>
    public bool HasLabels => _matchingLabels == _labels.Count;

    /// <summary>Gets whether the Node has addresses.</summary>
    public bool HasAddresses { get; private set; }

    /// <summary>Takes over the times of transition of those conditions whose status is the same.</summary>
    /// <param name="now">The time of transition of the others, UTC.</param>
    public void AdoptTransitions(DateTime now)
    {
        for (int i = 0; i < _statuses.Length; i++)
        {
            if (_statuses[i] != null && Timestamp.TryParse(_transitions[i], out DateTime since))
            {
                _conditions.Get(i).Adopt(_statuses[i], since, now);
            }

            _statuses[i] = null;
            _transitions[i] = null;
        }
    }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        Uid = null;
        OwnedLabels = null;
        OwnedAnnotations = null;
        ConfigurationVersion = null;
        BootId = null;
        HasAddresses = false;
        _matchingLabels = 0;
        for (int i = 0; i < _statuses.Length; i++)
        {
            _statuses[i] = null;
            _transitions[i] = null;
        }

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
            else if (json.NameIs("status") && json.BeginObjectOrSkip())
            {
                ReadStatus(json);
            }
        }
    }

    private void ReadMetadata(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("uid"))
            {
                Uid = json.ReadString(MaxUidBytes);
            }
            else if (json.NameIs("labels") && json.BeginObjectOrSkip())
            {
                ReadLabels(json);
            }
            else if (json.NameIs("annotations") && json.BeginObjectOrSkip())
            {
                ReadAnnotations(json);
            }
        }
    }

    private void ReadAnnotations(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs(NodeMetadataController.OwnedLabelsAnnotation))
            {
                OwnedLabels = json.ReadString(MaxAnnotationBytes);
            }
            else if (json.NameIs(NodeMetadataController.OwnedAnnotationsAnnotation))
            {
                OwnedAnnotations = json.ReadString(MaxAnnotationBytes);
            }
            else if (json.NameIs(NodeMetadataController.VersionAnnotation))
            {
                ConfigurationVersion = json.ReadString(MaxAnnotationBytes);
            }
        }
    }

    private void ReadLabels(JsonReader json)
    {
        while (json.ReadName())
        {
            int index = IndexOfLabel(json);
            if (index >= 0 && json.Read() == JsonToken.String && json.ValueIs(_labels.Value(index)))
            {
                _matchingLabels++;
            }
        }
    }

    private int IndexOfLabel(JsonReader json)
    {
        for (int i = 0; i < _labels.Count; i++)
        {
            if (json.NameIs(_labels.Key(i)))
            {
                return i;
            }
        }

        return -1;
    }

    private void ReadStatus(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("conditions") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    if (json.BeginObjectOrSkip())
                    {
                        ReadCondition(json);
                    }
                }
            }
            else if (json.NameIs("addresses") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    HasAddresses = true;
                }
            }
            else if (json.NameIs("nodeInfo") && json.BeginObjectOrSkip())
            {
                ReadSystem(json);
            }
        }
    }

    private void ReadSystem(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("bootID"))
            {
                BootId = json.ReadString(MaxUidBytes);
            }
        }
    }

    private void ReadCondition(JsonReader json)
    {
        int index = -1;
        string status = null;
        string transition = null;
        while (json.ReadName())
        {
            if (json.NameIs("type"))
            {
                json.Read();
                index = IndexOfCondition(json);
            }
            else if (json.NameIs("status"))
            {
                status = json.ReadString(MaxConditionBytes);
            }
            else if (json.NameIs("lastTransitionTime"))
            {
                transition = json.ReadString(MaxConditionBytes);
            }
        }

        if (index >= 0)
        {
            _statuses[index] = status;
            _transitions[index] = transition;
        }
    }

    private int IndexOfCondition(JsonReader json)
    {
        for (int i = 0; i < _conditions.Count; i++)
        {
            if (json.ValueIs(_conditions.Get(i).Type))
            {
                return i;
            }
        }

        return -1;
    }
}
