using System;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Programs;
using PicoKubelet.Storage;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>
/// Keeps the pods in the board's storage, a file each, so that they run again after a power cut before there is a network. Written by the node's
/// loop: what a pod needs is there once it runs. Whatever the storage does, nothing is thrown.
/// </summary>
public sealed partial class PodKeeper
{
    // Restarts are counted in the file too, and flash wears.
    private const int Interval = 10 * 1000;
    private const int JsonBlockBytes = 128;
    private const int JsonTokenBytes = 512;

    private readonly PodTable _pods;
    private readonly IStorage _storage;
    private readonly IClock _clock;
    private readonly Logger _log;

    // By file: whose it is, and how often its containers had been restarted.
    private readonly string[] _uids;
    private readonly int[] _restarts;
    private long _nextAt;

    /// <summary>Initializes the keeper; nothing is read yet.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="storage">The board's storage.</param>
    /// <param name="storageBytes">Its size.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    public PodKeeper(PodTable pods, IStorage storage, long storageBytes, IClock clock, Logger log)
    {
        _pods = pods;
        _storage = storage;
        _clock = clock;
        _log = log;
        FlashBudget budget = new FlashBudget(storageBytes, pods.Limits.Pods);
        _checkpointBlocks = budget.CheckpointBlocks;
        _uids = Strings.NewArray(budget.PodFiles);
        _restarts = new int[budget.PodFiles];
    }

    /// <summary>Gets when there is something to write, in the clock's milliseconds, or <see cref="Due.Never"/>. The pods' gate is to be held.</summary>
    internal long DueAt
    {
        get
        {
            Pod changed = FindChanged(out bool isKept);
            return FindGone() >= 0 || (changed != null && !isKept) ? 0 : changed != null ? _nextAt : Due.Never;
        }
    }

    /// <summary>Reads what is kept, and has it run. Before the loops begin.</summary>
    public void Restore()
    {
        PodReader reader = new PodReader(_pods);
        for (int i = 0; i < _uids.Length; i++)
        {
            if (!Read(NameOf(i), reader))
            {
                continue;
            }

            _uids[i] = reader.Uid;
            if (reader.MirrorOf == null)
            {
                Restore(i, reader);
            }
        }
    }

    /// <summary>Reads what is kept of a static pod, and has it run.</summary>
    /// <param name="uid">Its uid.</param>
    /// <param name="reader">What reads it. Holds its history where it can not run like that.</param>
    /// <returns>The pod, or null.</returns>
    internal Pod Restore(string uid, PodReader reader)
    {
        for (int i = 0; i < _uids.Length; i++)
        {
            if (Read(NameOf(i), reader) && reader.Uid == uid)
            {
                _uids[i] = uid;
                return Restore(i, reader);
            }
        }

        reader.History.Clear();
        return null;
    }

    /// <summary>Writes a file, or deletes one.</summary>
    /// <param name="json">Where the document may be put together.</param>
    internal void Save(JsonWriter json)
    {
        Pod pod;
        int file;
        int restarts = 0;
        json.Reset(SealedFile.HeadBytes);
        lock (_pods.Gate)
        {
            file = FindGone();
            pod = file < 0 ? FindChanged(out _) : null;
            if (pod != null)
            {
                file = FileOf(pod);
                restarts = pod.Restarts;
                PodRecord.Write(json, pod);
            }
        }

        if (pod != null)
        {
            _nextAt = _clock.Milliseconds + Interval;
            Write(pod, file, restarts, json.Output);
        }
        else if (file >= 0)
        {
            // One that stays runs again after a power cut, until the API server does not know it.
            _storage.Delete(NameOf(file));
            DeleteCheckpoints(file);
            _uids[file] = null;
        }
    }

    private Pod Restore(int file, PodReader reader)
    {
        Pod pod = _pods.Restore(reader);
        if (pod != null)
        {
            _restarts[file] = pod.Restarts;
            FindCheckpoints(pod, file);
            _log.Info("pod runs on from before", "pod", pod.Spec.Name);
        }

        return pod;
    }

    private static string NameOf(int file) => "pod-" + file.ToString() + AtomicStorage.CacheSuffix;

    private void Write(Pod pod, int file, int restarts, Utf8Writer output)
    {
        bool isKept = !output.Overflowed;
        if (isKept)
        {
            SealedFile.Seal(output.Buffer, output.Start, output.Length);
            isKept = _storage.Replace(NameOf(file), output.Buffer, 0, SealedFile.HeadBytes + output.Length);
        }

        if (!isKept)
        {
            _log.Warn("pod not kept for a power cut", "pod", pod.Spec.Name);
        }

        // What can not be kept is not tried again and again.
        _uids[file] = pod.Spec.Uid;
        _restarts[file] = restarts;
    }

    private bool Read(string name, PodReader reader)
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(name);
            if (stored == null)
            {
                return false;
            }

            SealedFile file = new SealedFile(stored);
            JsonReader json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
            json.Reset(file);
            reader.Read(json);
            json.ReadToEnd();
            return file.IsSound;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            _log.Warn("kept pod can not be read", "file", name, "error", e.Message);
            return false;
        }
        finally
        {
            stored?.Close();
        }
    }

    private int FileOf(Pod pod)
    {
        int free = -1;
        for (int i = 0; i < _uids.Length; i++)
        {
            if (_uids[i] == pod.Spec.Uid)
            {
                return i;
            }

            free = _uids[i] == null && free < 0 ? i : free;
        }

        return free;
    }

    /// <summary>Finds a file whose pod is not to run any more.</summary>
    private int FindGone()
    {
        for (int i = 0; i < _uids.Length; i++)
        {
            Pod pod = _uids[i] == null ? null : _pods.FindUid(_uids[i]);
            if (_uids[i] != null && (pod == null || !pod.MayRun || pod.IsOver))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Finds a pod that is not kept as it is now: first one that is not kept at all.</summary>
    private Pod FindChanged(out bool isKept)
    {
        Pod changed = null;
        isKept = false;
        for (int i = 0; i < _pods.Count; i++)
        {
            Pod pod = _pods.Get(i);
            int file = pod.IsToBeKept ? FileOf(pod) : -1;
            if (file >= 0 && _uids[file] == null)
            {
                isKept = false;
                return pod;
            }

            if (file >= 0 && _restarts[file] != pod.Restarts)
            {
                changed = pod;
                isKept = true;
            }
        }

        return changed;
    }
}
