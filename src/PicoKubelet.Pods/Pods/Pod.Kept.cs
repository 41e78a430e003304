using System;

namespace PicoKubelet.Pods;

// What is looked at to keep it for a power cut.
public sealed partial class Pod
{
    /// <summary>Gets how often its containers were started again, in sum.</summary>
    internal int Restarts
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < Containers.Length; i++)
            {
                sum += Containers[i].RestartCount;
            }

            return sum;
        }
    }

    /// <summary>Gets whether it is to run after a power cut, and all that it needs for that is known. One that is never started again ends with the power.</summary>
    internal bool IsToBeKept
    {
        get
        {
            for (int i = 0; i < Containers.Length; i++)
            {
                if (!Containers[i].IsPrepared || Containers[i].IsOver || Containers[i].ProgramDigest == null)
                {
                    return false;
                }
            }

            return MayRun && Spec.RestartPolicy != RestartPolicy.Never;
        }
    }

    // A board that was just switched on has no time yet.
    private DateTime UtcNow => _context.Time.IsSet ? _context.UtcNow : StartTime;
}
