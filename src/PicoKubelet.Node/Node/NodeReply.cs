using System;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>What the node needs to know of its Node object, and what of it is not as the node wants it, read while the reply streams by.</summary>
internal sealed partial class NodeReply : IReplyReader
{
    private const int MaxIdBytes = 64;

    // The longest list of keys that the configuration leaves on the Node.
    private const int MaxAnnotationBytes = 512;

    // Longer than any status or time of a condition; type is compared in the reader's own buffer.
    private const int MaxConditionBytes = 32;

    private readonly NodeDescription _node;
    private readonly NodeConditions _conditions;
    private readonly ObjectVersion _version;
    private readonly ConfigurationValues _configured;
    private readonly string[] _statuses;
    private readonly string[] _transitions;
    private int _matchingLabels;
    private int _matchingConfigured;
    private int _taints;
    private bool _hasTaint;

    /// <param name="node">What the Node must show.</param>
    /// <param name="conditions">Its conditions.</param>
    /// <param name="version">Takes the object's identity and version.</param>
    /// <param name="configured">The labels and annotations that the configuration puts on the Node.</param>
    public NodeReply(NodeDescription node, NodeConditions conditions, ObjectVersion version, ConfigurationValues configured)
    {
        _node = node;
        _conditions = conditions;
        _version = version;
        _configured = configured;
        _statuses = Strings.NewArray(conditions.Count);
        _transitions = Strings.NewArray(conditions.Count);
    }

    /// <summary>Gets the keys of the labels that the configuration has put on the Node, or null.</summary>
    public string OwnedLabels { get; private set; }

    /// <summary>Gets the keys of the annotations that the configuration has put on the Node, or null.</summary>
    public string OwnedAnnotations { get; private set; }

    /// <summary>Gets the resourceVersion of the configuration that the Node shows, or null.</summary>
    public string ConfigurationVersion { get; private set; }

    /// <summary>Gets whether all of the node's own labels are there with the right values.</summary>
    public bool HasLabels => _matchingLabels == _node.Labels.Count;

    /// <summary>Gets whether the labels and annotations of the configuration are there with the right values.</summary>
    public bool HasConfigured => _matchingConfigured == _configured.NodeLabels.Count + _configured.NodeAnnotations.Count;

    /// <summary>Gets whether the node's own taint is there as it must be.</summary>
    public bool HasTaint => _hasTaint && WrongTaint < 0;

    /// <summary>Gets the place among the taints of one that has the node's own key and is otherwise another; -1 where there is none.</summary>
    public int WrongTaint { get; private set; }

    /// <summary>Gets the number of taints.</summary>
    public int Taints => _taints;

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
            else if (json.NameIs("spec") && json.BeginObjectOrSkip())
            {
                ReadSpec(json);
            }
            else if (json.NameIs("status") && json.BeginObjectOrSkip())
            {
                ReadStatus(json);
            }
        }
    }

    private void Clear()
    {
        _version.Begin();
        OwnedLabels = null;
        OwnedAnnotations = null;
        ConfigurationVersion = null;
        _matchingLabels = 0;
        _matchingConfigured = 0;
        _taints = 0;
        _hasTaint = false;
        WrongTaint = -1;
        ClearStatus();
    }

    private void ReadMetadata(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("labels") && json.BeginObjectOrSkip())
            {
                ReadLabels(json);
            }
            else if (json.NameIs("annotations") && json.BeginObjectOrSkip())
            {
                ReadAnnotations(json);
            }
            else
            {
                _version.ReadField(json);
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
            else
            {
                _matchingConfigured += Match(json, _configured.NodeAnnotations);
            }
        }
    }

    private void ReadLabels(JsonReader json)
    {
        while (json.ReadName())
        {
            // Where both want a label, the node's own value is the one that is there.
            int matches = Match(json, _node.Labels);
            _matchingLabels += matches;
            _matchingConfigured += matches == 0 ? Match(json, _configured.NodeLabels) : 0;
        }
    }

    /// <returns>1 where the member is one of the pairs, value and all; 0 where it is another.</returns>
    private static int Match(JsonReader json, Labels pairs)
    {
        for (int i = 0; i < pairs.Count; i++)
        {
            if (json.NameIs(pairs.Key(i)))
            {
                return json.ReadIs(pairs.Value(i)) ? 1 : 0;
            }
        }

        return 0;
    }

    private void ReadSpec(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("taints") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    if (json.BeginObjectOrSkip())
                    {
                        ReadTaint(json);
                    }

                    _taints++;
                }
            }
        }
    }

    private void ReadTaint(JsonReader json)
    {
        bool isOurs = false;
        int matches = 0;
        while (json.ReadName())
        {
            if (json.NameIs("key"))
            {
                isOurs = json.ReadIs(NodeDocument.TaintKey);
            }
            else if (json.NameIs("value"))
            {
                matches += json.ReadIs(NodeDocument.TaintValue) ? 1 : 0;
            }
            else if (json.NameIs("effect"))
            {
                matches += json.ReadIs(NodeDocument.TaintEffect) ? 1 : 0;
            }
        }

        if (isOurs && matches == 2)
        {
            _hasTaint = true;
        }
        else if (isOurs)
        {
            WrongTaint = _taints;
        }
    }
}
