using System;
using PicoKubelet.Events;
using PicoKubelet.Images;
using PicoKubelet.Programs;
using PicoKubelet.Rejection;
using PicoKubelet.Runtime;

namespace PicoKubelet.Pods;

/// <summary>
/// The pods of this node. Filled by whoever reads pods, stepped by the workloads' loop, told to the API server by the node's; its gate
/// keeps the three apart.
/// </summary>
public sealed partial class PodTable : IKnownPods, IProgramUsers
{
    private readonly EventRecorder _events;
    private readonly Pod[] _pods;
    private readonly PodRejection _rejection;
    private int _count;

    /// <summary>Initializes the table; it is empty.</summary>
    /// <param name="limits">How much of the board pods may take.</param>
    /// <param name="context">What programs can reach.</param>
    /// <param name="events">Tells what happens to them.</param>
    /// <param name="rejection">Tells the API server of those that do not run here.</param>
    public PodTable(PodLimits limits, ProgramContext context, EventRecorder events, PodRejection rejection)
    {
        _events = events;
        _rejection = rejection;
        Limits = limits;
        Context = context;

        // Some that are over keep their logs until others need the place.
        _pods = new Pod[limits.Pods == 0 ? 0 : limits.Pods + 2];
    }

    /// <summary>Gets how much of the board pods may take.</summary>
    public PodLimits Limits { get; }

    /// <summary>Gets what tells Events.</summary>
    internal EventRecorder Events => _events;

    /// <summary>Gets what programs can reach.</summary>
    internal ProgramContext Context { get; }

    /// <summary>Gets the time of day, UTC, or the default value while there is none.</summary>
    public DateTime UtcNow => Context.UtcNow;

    /// <summary>Gets what keeps threads apart: to be locked while pods are looked at.</summary>
    public object Gate { get; } = new object();

    /// <summary>Gets or sets the loop that steps the pods, to be woken when there is something new.</summary>
    public Loop Workloads { get; set; }

    /// <summary>Gets or sets the loop that talks to the API server, to be woken when there is something to tell.</summary>
    public Loop Node { get; set; }

    /// <summary>Gets or sets the programs that the board keeps, or null where it keeps none.</summary>
    public ProgramStore Programs { get; set; }

    /// <summary>Gets or sets how images' registries are reached.</summary>
    public RegistryAccess Registries { get; set; }

    /// <summary>Gets the number of pods.</summary>
    public int Count => _count;

    /// <summary>Gets whether there was too much to be told at once, so that the pods are to be read anew.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Gets a pod. The gate is to be held.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The pod.</returns>
    public Pod Get(int index)
    {
        return _pods[index];
    }

    /// <summary>Finds a pod. The gate is to be held.</summary>
    /// <param name="podNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The pod, or null.</returns>
    public Pod Find(string podNamespace, string name)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_pods[i].Spec.Name == name && _pods[i].Spec.Namespace == podNamespace && !_pods[i].IsGone)
            {
                return _pods[i];
            }
        }

        return null;
    }

    /// <summary>Finds the next pod to tell of: one whose name no other has, nor one that is gone and still ends. By any thread.</summary>
    /// <param name="index">Where to look from, 0 at first; moves on.</param>
    /// <returns>The pod, or null where there is no more.</returns>
    public Pod Next(ref int index)
    {
        lock (Gate)
        {
            while (index < _count)
            {
                Pod pod = _pods[index++];
                if (Find(pod.Spec.Namespace, pod.Spec.Name) == pod)
                {
                    return pod;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool IsKnown(string uid)
    {
        lock (Gate)
        {
            return FindApi(uid) != null;
        }
    }

    /// <inheritdoc/>
    public bool Uses(byte[] digest)
    {
        lock (Gate)
        {
            for (int i = 0; i < _count; i++)
            {
                for (int j = 0; j < _pods[i].Containers.Length; j++)
                {
                    if (_pods[i].Containers[j].Uses(digest))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>Begins a list of all pods: those that it does not name are gone.</summary>
    public void BeginList()
    {
        lock (Gate)
        {
            IsIncomplete = false;
            for (int i = 0; i < _count; i++)
            {
                _pods[i].IsSeen = false;
            }
        }
    }

    /// <summary>Ends a list that was read whole.</summary>
    public void EndList()
    {
        lock (Gate)
        {
            for (int i = 0; i < _count; i++)
            {
                if (!_pods[i].IsSeen)
                {
                    _pods[i].Lose();
                }
            }
        }

        Workloads?.Wake();
    }

    /// <summary>Takes over what was read of a pod: it is new, to be deleted, or nothing of it has changed.</summary>
    /// <param name="reader">What was read.</param>
    public void Apply(PodReader reader)
    {
        if (reader.Uid == null || reader.Name == null)
        {
            return;
        }

        lock (Gate)
        {
            Pod pod = FindApi(reader.Uid);
            if (reader.MirrorOf != null)
            {
                ApplyMirror(reader);
            }
            else if (pod == null)
            {
                ApplyUnknown(reader);
            }
            else
            {
                pod.IsSeen = true;
                pod.NoteShown(reader.IsReady);
                if (reader.IsDeleting)
                {
                    pod.Delete(reader.DeletionGraceSeconds);
                }
            }
        }

        Wake();
    }

    /// <summary>Takes over that a pod is gone.</summary>
    /// <param name="uid">Its uid.</param>
    public void Remove(string uid)
    {
        lock (Gate)
        {
            FindApi(uid)?.Lose();
        }

        Wake();
    }

    /// <summary>Drops the pods that are gone and of which nothing runs. For the workloads' loop, which steps them.</summary>
    internal void Sweep()
    {
        lock (Gate)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_pods[i].IsGone && _pods[i].IsOver)
                {
                    RemoveAt(i);
                }
            }
        }
    }

    private void Wake()
    {
        Workloads?.Wake();
        Node?.Wake();
    }

    /// <summary>Finds a pod. The gate is to be held.</summary>
    internal Pod FindUid(string uid)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_pods[i].Spec.Uid == uid)
            {
                return _pods[i];
            }
        }

        return null;
    }

    /// <summary>Finds a pod by the uid that it has at the API server.</summary>
    private Pod FindApi(string uid)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_pods[i].ApiUid == uid)
            {
                return _pods[i];
            }
        }

        return null;
    }

    private void RemoveAt(int index)
    {
        _count--;
        for (int i = index; i < _count; i++)
        {
            _pods[i] = _pods[i + 1];
        }

        _pods[_count] = null;
    }
}
