using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

// Where the programs lie.
public sealed partial class PodReader
{
    private const int MaxMounts = 4;
    private const string ServiceAccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    // Of all containers: which container, the volume, where it is mounted, and the key where a single one is.
    private readonly int[] _mountContainers = new int[MaxMounts * PodLimits.MaxContainers];
    private readonly string[] _mountVolumes = Strings.NewArray(MaxMounts * PodLimits.MaxContainers);
    private readonly string[] _mountPaths = Strings.NewArray(MaxMounts * PodLimits.MaxContainers);
    private readonly string[] _mountKeys = Strings.NewArray(MaxMounts * PodLimits.MaxContainers);
    private int _mountCount;

    private void ReadMounts(JsonReader json)
    {
        for (int index = 0; json.NextElement(); index++)
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            if (index == MaxMounts)
            {
                Refuse(Path + "volumeMounts", "at most " + MaxMounts.ToString());
            }

            if (index >= MaxMounts)
            {
                json.Skip();
                continue;
            }

            ReadMount(json, index);
        }
    }

    private void ReadMount(JsonReader json, int index)
    {
        int mount = _mountCount++;
        _mountContainers[mount] = _containerCount - 1;
        _mountVolumes[mount] = null;
        _mountPaths[mount] = null;
        _mountKeys[mount] = null;
        while (json.ReadName())
        {
            if (json.NameIs("name"))
            {
                _mountVolumes[mount] = json.ReadString(MaxNameBytes);
            }
            else if (json.NameIs("mountPath"))
            {
                _mountPaths[mount] = json.ReadString(MaxPathBytes);
            }
            else if (json.NameIs("subPath"))
            {
                _mountKeys[mount] = json.ReadString(MaxPathBytes);
            }
            else if (json.NameIs("subPathExpr"))
            {
                Refuse(Path + "volumeMounts[" + index.ToString() + "].subPathExpr", NotSupported);
            }
        }
    }

    /// <summary>Finds a container's program among its mounts, once all of the pod was read.</summary>
    private void Complete(int index)
    {
        ContainerSpec container = _containers[index];
        string path = container.Arguments[0];
        for (int i = 0; i < _mountCount; i++)
        {
            PodVolume volume = _mountContainers[i] == index ? FindVolume(_mountVolumes[i]) : null;
            if (volume == null || _mountPaths[i] == null)
            {
                continue;
            }

            if (volume.Kind != null && _mountPaths[i] != ServiceAccountPath)
            {
                Refuse("spec.volumes[" + IndexOf(volume).ToString() + "]." + volume.Kind, NotSupported + "; only configMap is");
            }
            else if (!container.IsImage && volume.ConfigMap != null && KeyOf(path, _mountPaths[i], _mountKeys[i]) is string key)
            {
                container.ProgramConfigMap = volume.ConfigMap;
                container.ProgramKey = key;
            }
            else if (!container.IsImage && volume.HostPath != null)
            {
                // The storage's folder, or a file in it.
                container.ProgramFile ??= volume.HostPath == "/" ? KeyOf(path, _mountPaths[i], _mountKeys[i])
                    : path == _mountPaths[i] && volume.HostPath.Length > 0 ? volume.HostPath.Substring(1) : null;
            }
        }

        if (container.ProgramConfigMap == null && container.ProgramFile == null && !container.IsImage)
        {
            Refuse("spec.containers[" + index.ToString() + "].command", path + (IsStatic ? " lies in no hostPath that is mounted" : " lies in no ConfigMap that is mounted"));
        }

        container.Mounts = MakeMounts(index, path);
        ResolveLabels(container);
    }

    private static string KeyOf(string path, string mountPath, string subPath)
    {
        if (subPath != null && subPath.Length > 0)
        {
            return path == mountPath ? subPath : null;
        }

        string folder = mountPath.EndsWith("/") ? mountPath : mountPath + "/";
        return path.StartsWith(folder) && path.Length > folder.Length ? path.Substring(folder.Length) : null;
    }

    private PodVolume FindVolume(string name)
    {
        for (int i = 0; i < _volumeCount; i++)
        {
            if (name != null && _volumes[i].Name == name)
            {
                return _volumes[i];
            }
        }

        return null;
    }

    private int IndexOf(PodVolume volume)
    {
        int index = 0;
        while (_volumes[index] != volume)
        {
            index++;
        }

        return index;
    }
}
