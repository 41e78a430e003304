using System;
using PicoKubelet.Json;
using PicoKubelet.Probes;
using PicoKubelet.Programs;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>
/// Writes what a pod needs to run after a power cut, as the document that <see cref="PodReader"/> reads: with the values that its variables have,
/// and with the digests of its programs, which the board keeps.
/// </summary>
internal static class PodRecord
{
    private const int MaxCommand = 12;

    /// <summary>Writes a pod. The pods' gate is to be held.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pod">The pod, whose containers have all that they need.</param>
    public static void Write(JsonWriter json, Pod pod)
    {
        PodSpec spec = pod.Spec;
        json.BeginObject();
        json.BeginObject("metadata");
        json.Property("namespace", spec.Namespace);
        json.Property("name", spec.Name);
        json.Property("uid", spec.Uid);
        if (pod.IsStatic)
        {
            json.BeginObject("annotations");
            json.Property(MirrorPod.Annotation, spec.Uid);
            json.EndObject();
        }

        json.EndObject();
        json.BeginObject("spec");
        json.Property("runtimeClassName", PodLimits.RuntimeClass);
        json.Property("restartPolicy", spec.RestartPolicy == RestartPolicy.Never ? "Never" : spec.RestartPolicy == RestartPolicy.OnFailure ? "OnFailure" : "Always");
        json.Property("priority", spec.Priority);
        json.Property("terminationGracePeriodSeconds", spec.GraceSeconds);
        if (spec.ActiveDeadlineSeconds > 0)
        {
            json.Property("activeDeadlineSeconds", spec.ActiveDeadlineSeconds);
        }

        WriteVolumes(json, spec);
        json.BeginArray("containers");
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            WriteContainer(json, pod.Containers[i], i);
        }

        json.EndArray();
        json.EndObject();
        WriteStatus(json, pod);
        json.EndObject();
    }

    private static void WriteVolumes(JsonWriter json, PodSpec spec)
    {
        json.BeginArray("volumes");
        for (int i = 0; i < spec.Containers.Length; i++)
        {
            if (spec.Containers[i].ProgramConfigMap != null)
            {
                WriteVolume(json, i.ToString(), spec.Containers[i].ProgramConfigMap, false);
            }

            MountedConfigMap[] mounts = spec.Containers[i].Mounts;
            for (int j = 0; mounts != null && j < mounts.Length; j++)
            {
                WriteVolume(json, NameOf(i, j), mounts[j].ConfigMap, mounts[j].IsOptional);
            }
        }

        json.EndArray();
    }

    private static string NameOf(int container, int mount) => container.ToString() + "-" + mount.ToString();

    private static void WriteVolume(JsonWriter json, string name, string configMap, bool isOptional)
    {
        json.BeginObject();
        json.Property("name", name);
        json.BeginObject("configMap");
        json.Property("name", configMap);
        if (isOptional)
        {
            json.Property("optional", true);
        }

        json.EndObject();
        json.EndObject();
    }

    private static void WriteMounts(JsonWriter json, Container container, int index)
    {
        ContainerSpec spec = container.Spec;
        json.BeginArray("volumeMounts");
        if (spec.ProgramConfigMap != null)
        {
            WriteMount(json, index.ToString(), container.Arguments[0], spec.ProgramKey);
        }

        for (int i = 0; spec.Mounts != null && i < spec.Mounts.Length; i++)
        {
            MountedConfigMap mount = spec.Mounts[i];
            WriteMount(json, NameOf(index, i), mount.Key == null ? mount.Folder : mount.Folder + "/" + mount.FileName, mount.Key);
        }

        json.EndArray();
    }

    private static void WriteMount(JsonWriter json, string name, string path, string key)
    {
        json.BeginObject();
        json.Property("name", name);
        json.Property("mountPath", path);
        if (key != null)
        {
            json.Property("subPath", key);
        }

        json.EndObject();
    }

    private static void WriteContainer(JsonWriter json, Container container, int index)
    {
        ContainerSpec spec = container.Spec;
        json.BeginObject();
        json.Property("name", spec.Name);
        json.Property("image", spec.Image);
        WriteArguments(json, container.Arguments);
        WriteEnvironment(json, container.Environment);
        WriteResources(json, spec);
        WriteProbe(json, "startupProbe", spec.StartupProbe);
        WriteProbe(json, "livenessProbe", spec.LivenessProbe);
        WriteProbe(json, "readinessProbe", spec.ReadinessProbe);
        WriteMounts(json, container, index);
        json.EndObject();
    }

    private static void WriteArguments(JsonWriter json, string[] arguments)
    {
        // Of command and args each as many as may be in one of them.
        json.BeginArray("command");
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i == MaxCommand)
            {
                json.EndArray();
                json.BeginArray("args");
            }

            json.Value(arguments[i]);
        }

        json.EndArray();
    }

    private static void WriteEnvironment(JsonWriter json, string[] environment)
    {
        json.BeginArray("env");
        for (int i = 0; i < environment.Length; i++)
        {
            int equals = environment[i].IndexOf('=');
            json.BeginObject();
            json.Property("name", environment[i].Substring(0, equals));
            json.Property("value", environment[i].Substring(equals + 1));
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteResources(JsonWriter json, ContainerSpec spec)
    {
        json.BeginObject("resources");
        json.BeginObject("limits");
        json.Property("memory", spec.MemoryBytes.ToString());
        if (spec.CpuThousandths > 0)
        {
            json.Property("cpu", spec.CpuThousandths.ToString() + "m");
        }

        for (int i = 0; spec.Resources != null && i < ExtendedResources.End; i++)
        {
            if (spec.Resources.Has(i))
            {
                json.Property(ExtendedResources.NameOf(i), "1");
            }
        }

        json.EndObject();
        json.BeginObject("requests");
        json.Property("memory", spec.RequestBytes.ToString());
        json.EndObject();
        json.EndObject();
    }

    private static void WriteProbe(JsonWriter json, string name, ProbeSpec probe)
    {
        if (probe == null)
        {
            return;
        }

        json.BeginObject(name);
        json.BeginObject("exec");
        json.BeginArray("command");
        json.Value(probe.Function);
        json.EndArray();
        json.EndObject();
        json.Property("initialDelaySeconds", probe.InitialDelaySeconds);
        json.Property("periodSeconds", probe.PeriodSeconds);
        json.Property("timeoutSeconds", probe.TimeoutSeconds);
        json.Property("successThreshold", probe.SuccessThreshold);
        json.Property("failureThreshold", probe.FailureThreshold);
        if (probe.GraceSeconds >= 0)
        {
            json.Property("terminationGracePeriodSeconds", probe.GraceSeconds);
        }

        json.EndObject();
    }

    private static void WriteStatus(JsonWriter json, Pod pod)
    {
        json.BeginObject("status");
        if (pod.StartTime != default(DateTime))
        {
            Timestamp.WriteProperty(json, "startTime", pod.StartTime);
        }

        json.BeginArray("containerStatuses");
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            Container container = pod.Containers[i];
            json.BeginObject();
            json.Property("name", container.Spec.Name);
            json.Property("imageID", container.ImageId);
            json.Property(PodHistory.DigestField, Hex.ToText(container.ProgramDigest));
            json.Property(PodHistory.BackoffField, container.BackoffMilliseconds);
            json.Property("restartCount", container.RestartCount);
            json.BeginObject("state");
            json.BeginObject("running");
            json.EndObject();
            json.EndObject();
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }
}
