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

        if (_count == _pods.Length && !TryDropOver())
        {
            message = PodRefusal.Describe("pods", 1, _count, Limits.Pods);
            return PodRefusal.OutOfPods;
        }

        return null;
    }

    /// <summary>Drops the oldest pod that is over. Only one whose end the API server knows: otherwise it would be taken for a new one.</summary>
    private bool TryDropOver()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_pods[i].IsOver && _pods[i].SentVersion == _pods[i].Version)
            {
                RemoveAt(i);
                return true;
            }
        }

        return false;
    }
}
