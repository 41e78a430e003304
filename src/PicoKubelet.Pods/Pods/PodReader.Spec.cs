using PicoKubelet.Json;

namespace PicoKubelet.Pods;

// The spec but for its containers, and the status.
public sealed partial class PodReader
{
    private const string NotSupported = "is not supported on this node";
    private const string NotStatic = "a static pod can use nothing that the API server has";

    private void ReadSpec(JsonReader json)
    {
        _spec = new PodSpec();
        while (json.ReadName())
        {
            if (json.NameIs("runtimeClassName"))
            {
                _runtimeClass = json.ReadIs(PodLimits.RuntimeClass) ? PodLimits.RuntimeClass : null;
            }
            else if (json.NameIs("restartPolicy"))
            {
                string policy = json.ReadString(16);
                _spec.RestartPolicy = policy == "Never" ? RestartPolicy.Never : policy == "OnFailure" ? RestartPolicy.OnFailure : RestartPolicy.Always;
            }
            else if (json.NameIs("activeDeadlineSeconds") && json.TryReadInt64(out long deadline))
            {
                _spec.ActiveDeadlineSeconds = Bound(deadline);
            }
            else if (json.NameIs("terminationGracePeriodSeconds") && json.TryReadInt64(out long grace))
            {
                _spec.GraceSeconds = Bound(grace);
            }
            else if (json.NameIs("priority") && json.TryReadInt64(out long priority))
            {
                // The API server's bounds are those of an Int32.
                _spec.Priority = (int)priority;
            }
            else if (json.NameIs("hostNetwork") || json.NameIs("hostPID") || json.NameIs("hostIPC"))
            {
                string name = json.GetString();
                if (json.TryReadBoolean(out bool isSet) && isSet)
                {
                    Refuse("spec." + name, NotSupported);
                }
            }
            else if (IsStatic && json.NameIs("serviceAccountName"))
            {
                Refuse("spec.serviceAccountName", NotStatic);
            }
            else if (json.NameIs("initContainers") || json.NameIs("ephemeralContainers"))
            {
                RefuseElements(json, "spec.");
            }
            else if (json.NameIs("volumes") && json.BeginArrayOrSkip())
            {
                ReadVolumes(json);
            }
            else if (json.NameIs("containers") && json.BeginArrayOrSkip())
            {
                ReadContainers(json);
            }
        }
    }

    /// <summary>Refuses a list or an object that is there and not empty.</summary>
    private void RefuseElements(JsonReader json, string prefix)
    {
        string name = json.GetString();
        if (json.BeginArrayOrSkip())
        {
            bool isEmpty = true;
            while (json.NextElement())
            {
                isEmpty = false;
            }

            if (!isEmpty)
            {
                Refuse(prefix + name, NotSupported);
            }
        }
    }

    private void ReadVolumes(JsonReader json)
    {
        for (int index = 0; json.NextElement(); index++)
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            if (_volumeCount == MaxVolumes)
            {
                RefuseMore("spec.volumes", MaxVolumes);
                json.Skip();
                continue;
            }

            PodVolume volume = new PodVolume();
            _volumes[_volumeCount++] = volume;
            while (json.ReadName())
            {
                ReadVolumeField(json, volume, index);
            }
        }
    }

    private void ReadVolumeField(JsonReader json, PodVolume volume, int index)
    {
        if (json.NameIs("name"))
        {
            volume.Name = json.ReadString(MaxNameBytes);
        }
        else if (IsStatic && (json.NameIs("configMap") || json.NameIs("secret") || json.NameIs("projected")))
        {
            Refuse("spec.volumes[" + index.ToString() + "]." + json.GetString(), NotStatic);
        }
        else if (IsStatic && json.NameIs("hostPath"))
        {
            if (json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    volume.HostPath = json.NameIs("path") ? json.ReadString(MaxPathBytes) : volume.HostPath;
                }
            }
        }
        else if (json.NameIs("configMap"))
        {
            if (json.BeginObjectOrSkip())
            {
                ReadConfigMapVolume(json, volume, index);
            }
        }
        else if (json.NameIs("projected") || json.NameIs("secret"))
        {
            // Whether it is the ServiceAccount's, the mounts tell.
            volume.Kind = json.GetString();
        }
        else
        {
            Refuse("spec.volumes[" + index.ToString() + "]." + json.GetString(), NotSupported + "; only configMap is");
        }
    }

    private void ReadConfigMapVolume(JsonReader json, PodVolume volume, int index)
    {
        while (json.ReadName())
        {
            if (json.NameIs("name"))
            {
                volume.ConfigMap = json.ReadString(MaxNameBytes);
            }
            else if (json.NameIs("optional") && json.TryReadBoolean(out bool isOptional))
            {
                volume.IsOptional = isOptional;
            }
            else if (json.NameIs("items"))
            {
                RefuseElements(json, "spec.volumes[" + index.ToString() + "].configMap.");
            }
        }
    }

    private void ReadStatus(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("conditions") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    ReadCondition(json);
                }
            }
            else if (!IsKnown)
            {
                ReadStatusField(json);
            }
        }
    }

    private void ReadStatusField(JsonReader json)
    {
        if (json.NameIs("phase"))
        {
            string phase = json.ReadString(16);
            IsTerminal = phase == "Succeeded" || phase == "Failed";
        }
        else if (json.NameIs("startTime"))
        {
            History.StartTime = json.ReadString(MaxUidBytes);
        }
        else if (json.NameIs("containerStatuses") && json.BeginArrayOrSkip())
        {
            while (json.NextElement())
            {
                ReadContainerStatus(json);
            }
        }
    }

    private void ReadCondition(JsonReader json)
    {
        bool isReady = false;
        bool isTrue = false;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("type"))
            {
                isReady = json.ReadIs("Ready");
            }
            else if (json.NameIs("status"))
            {
                isTrue = json.ReadIs("True");
            }
        }

        IsReady |= isReady && isTrue;
    }

    private void ReadContainerStatus(JsonReader json)
    {
        string name = null;
        string imageId = null;
        string digest = null;
        long restarts = 0;
        long backoff = 0;
        bool hasRun = false;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("name"))
            {
                name = json.ReadString(MaxLabelBytes);
            }
            else if (json.NameIs("restartCount"))
            {
                json.TryReadInt64(out restarts);
            }
            else if (json.NameIs("imageID"))
            {
                imageId = json.ReadString(MaxValueBytes);
            }
            else if (json.NameIs(PodHistory.DigestField))
            {
                digest = json.ReadString(MaxUidBytes);
            }
            else if (json.NameIs(PodHistory.BackoffField))
            {
                json.TryReadInt64(out backoff);
            }
            else if (json.NameIs("state") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    hasRun |= json.NameIs("running");
                }
            }
        }

        History.Add(name, Bound(restarts), hasRun, imageId, digest, Bound(backoff));
    }
}
