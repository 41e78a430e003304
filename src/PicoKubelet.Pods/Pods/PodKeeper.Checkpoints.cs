using System;
using PicoKubelet.Hardware;
using PicoKubelet.Programs;
using PicoKubelet.Storage;

namespace PicoKubelet.Pods;

// What programs had come to when the board was told to reboot, a file each beside their pod's.
public sealed partial class PodKeeper
{
    private readonly int _checkpointBlocks;

    /// <summary>Keeps what programs have come to that consent. Once none of them runs any more.</summary>
    public void KeepPrograms()
    {
        int left = _checkpointBlocks;
        lock (_pods.Gate)
        {
            for (int i = 0; i < _uids.Length; i++)
            {
                Pod pod = _uids[i] == null ? null : _pods.FindUid(_uids[i]);
                for (int j = 0; pod != null && pod.IsToBeKept && j < pod.Containers.Length; j++)
                {
                    Container container = pod.Containers[j];
                    if (container.Run != null && container.Run.MayBeKept)
                    {
                        Checkpoint checkpoint = MakeCheckpoint(pod, i, j, false);
                        bool isKept = checkpoint.Write(container.Run, _clock.Milliseconds, left * FlashBlocks.Bytes);
                        left -= isKept ? FlashBlocks.Of(checkpoint.Length) : 0;
                    }
                }
            }
        }
    }

    private static string CheckpointOf(int file, int container) => "pod-" + file.ToString() + "-" + container.ToString() + AtomicStorage.CacheSuffix;

    private Checkpoint MakeCheckpoint(Pod pod, int file, int container, bool isReading)
    {
        Container whose = pod.Containers[container];
        return new Checkpoint(_storage, _log, CheckpointOf(file, container), pod.Spec.Uid, whose.Spec.Name, whose.ProgramDigest, isReading);
    }

    /// <summary>Finds what the programs of a pod are to go on from.</summary>
    private void FindCheckpoints(Pod pod, int file)
    {
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            IStoredFile found = null;
            try
            {
                found = _storage.OpenRead(CheckpointOf(file, i));
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                // None, then.
            }

            if (found != null)
            {
                found.Close();
                pod.Containers[i].Checkpoint = MakeCheckpoint(pod, file, i, true);
            }
        }
    }

    private void DeleteCheckpoints(int file)
    {
        for (int i = 0; i < PodLimits.MaxContainers; i++)
        {
            _storage.Delete(CheckpointOf(file, i));
        }
    }
}
