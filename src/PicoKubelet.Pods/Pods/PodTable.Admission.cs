using PicoKubelet.Programs;
using PicoKubelet.Rejection;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

// Which pods are taken.
public sealed partial class PodTable
{
    private void Reject(PodReader reader, string reason, string message)
    {
        IsIncomplete |= !_rejection.Add(new PodErrand(reader.Namespace, reader.Name, reader.Uid, reason, message));
    }

    private void ApplyUnknown(PodReader reader)
    {
        if (reader.IsDeleting)
        {
            Reject(reader, null, null);
        }
        else if (!reader.IsTerminal)
        {
            PodSpec spec = reader.TakeSpec();
            string reason = reader.RefusalReason;
            string message = reader.RefusalMessage;
            if (spec != null)
            {
                reason = Check(spec, out message);
            }

            if (reason != null)
            {
                Reject(reader, reason, message);
            }
            else if (spec != null)
            {
                _pods[_count++] = new Pod(spec, reader.History, Context, Limits, _events, Gate) { IsSeen = true };
            }
        }
    }

    /// <summary>Takes a static pod. Before the loops begin.</summary>
    /// <returns>Why it can not be taken, or null.</returns>
    internal string Add(PodSpec spec, PodHistory history)
    {
        lock (Gate)
        {
            if (Find(spec.Namespace, spec.Name) != null)
            {
                return "metadata.name: another one has it";
            }

            if (Check(spec, out string message) == null)
            {
                _pods[_count++] = new Pod(spec, history, Context, Limits, _events, Gate);
            }

            return message;
        }
    }

    /// <summary>Takes over what was read of a mirror. One that mirrors nothing, or that somebody deleted, is to go; a static pod gets another one then.</summary>
    private void ApplyMirror(PodReader reader)
    {
        Pod pod = FindUid(reader.MirrorOf);
        if (pod == null || !pod.IsStatic || pod.Spec.Name != reader.Name || pod.Spec.Namespace != reader.Namespace || reader.IsDeleting)
        {
            Reject(reader, null, null);
            return;
        }

        pod.Mirror(reader.Uid);
        pod.NoteShown(reader.IsReady);
    }

    /// <summary>Takes a pod that the board kept, with its programs from the board's storage. Before the loops begin.</summary>
    /// <returns>The pod, or null where it can not run without the API server.</returns>
    internal Pod Restore(PodReader reader)
    {
        lock (Gate)
        {
            PodSpec spec = reader.Uid == null || reader.Name == null || FindUid(reader.Uid) != null ? null : reader.TakeSpec();
            if (spec == null || Check(spec, out _) != null)
            {
                return null;
            }

            Pod pod = new Pod(spec, reader.History, Context, Limits, _events, Gate);
            for (int i = 0; i < pod.Containers.Length; i++)
            {
                if (!pod.Containers[i].IsOver && !TryPrepare(pod.Containers[i], reader.History))
                {
                    return null;
                }
            }

            _pods[_count++] = pod;
            return pod;
        }
    }

    private bool TryPrepare(Container container, PodHistory history)
    {
        ContainerSpec spec = container.Spec;
        string digest = history.DigestOf(spec.Name, out string imageId, out _);
        StoredProgram program = digest == null || Programs == null ? null : Programs.Find(Hex.ToBytes(digest, 0), Limits.MaxProgramBytes);
        if (program == null)
        {
            return false;
        }

        // The variables were written with their values.
        string[] environment = Strings.NewArray(spec.Environment.Length);
        for (int i = 0; i < environment.Length; i++)
        {
            environment[i] = spec.Environment[i].Name + "=" + spec.Environment[i].Value;
        }

        container.SetImage(imageId);
        container.Prepare(new LoadedProgram(program.Bytes, spec.MemoryBytes) { Digest = program.Digest }, spec.Arguments, environment);
        return true;
    }

    /// <summary>Checks a pod against what is left of the board.</summary>
    /// <returns>The reason why there is no room, or null.</returns>
    private string Check(PodSpec spec, out string message)
    {
        int active = 0;
        int memory = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!_pods[i].IsOver)
            {
                active++;
                memory += _pods[i].Spec.MemoryBytes;
            }
        }

        message = null;
        if (active >= Limits.Pods)
        {
            message = PodRefusal.Describe("pods", 1, active, Limits.Pods);
            return PodRefusal.OutOfPods;
        }

        if (memory + spec.MemoryBytes > Limits.MemoryBytes)
        {
            message = PodRefusal.Describe("memory", spec.MemoryBytes, memory, Limits.MemoryBytes);
            return PodRefusal.OutOfMemory;
        }

        for (int i = 0; i < spec.Containers.Length; i++)
        {
            int resource = FindMissing(spec.Containers[i].Resources);
            if (resource >= 0)
            {
                message = PodRefusal.Describe(ExtendedResources.NameOf(resource), 1, 0, 0);
                return PodRefusal.Admission;
            }
        }

        if (_count == _pods.Length && !TryDropOver())
        {
            message = PodRefusal.Describe("pods", 1, _count, Limits.Pods);
            return PodRefusal.OutOfPods;
        }

        return null;
    }

    /// <summary>Finds what limits name and the board does not offer: the scheduler looks at that, but not where a pod names its node itself.</summary>
    /// <returns>The resource, or -1.</returns>
    private int FindMissing(ExtendedResources wanted)
    {
        for (int i = 0; wanted != null && i < ExtendedResources.End; i++)
        {
            if (wanted.Has(i) && (Context.Offered == null || !Context.Offered.Has(i)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Drops the oldest pod that is over. Only one whose end the API server knows: otherwise it would be taken for a new one.</summary>
    private bool TryDropOver()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_pods[i].IsOver && !_pods[i].IsStatic && _pods[i].SentVersion == _pods[i].Version)
            {
                RemoveAt(i);
                return true;
            }
        }

        return false;
    }
}
