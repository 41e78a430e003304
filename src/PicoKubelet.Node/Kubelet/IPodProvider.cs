using System;
using PicoKubelet.Http.Server;
using PicoKubelet.Runtime;

namespace PicoKubelet.Kubelet;

/// <summary>What runs pods: an assembly that an image for small boards leaves out. The port's endpoints ask it for what they tell of pods.</summary>
public interface IPodProvider
{
    /// <summary>Gets whether there is a pod.</summary>
    bool HasPods { get; }

    /// <summary>Puts it together; nothing runs yet. The Node offers from now on what there is.</summary>
    /// <param name="parts">The parts of the node that it works with.</param>
    /// <returns>Whether the board has room for a pod; without, nothing was made.</returns>
    bool Prepare(PodParts parts);

    /// <summary>Has its loops watched.</summary>
    /// <param name="supervisor">What watches.</param>
    void Supervise(Supervisor supervisor);

    /// <summary>Starts its threads.</summary>
    void Start();

    /// <summary>Ends the programs, and keeps what they have come to for the start that follows: the board is about to reboot.</summary>
    void Leave();

    /// <summary>Ends its threads. For the PC.</summary>
    /// <param name="timeoutMilliseconds">How long to wait for each.</param>
    void Stop(int timeoutMilliseconds);

    /// <summary>Writes the pods as elements of a PodList.</summary>
    /// <param name="answer">Where to.</param>
    /// <param name="nodeName">The node's name.</param>
    /// <param name="address">The node's address, or null.</param>
    void WriteList(ServerAnswer answer, string nodeName, string address);

    /// <summary>Writes the pods as elements of the Summary's list.</summary>
    /// <param name="answer">Where to.</param>
    /// <param name="now">The time, UTC, or the default value while there is none.</param>
    void WriteSummary(ServerAnswer answer, DateTime now);

    /// <summary>Writes what each running container takes.</summary>
    /// <param name="metrics">Where to.</param>
    void WriteContainers(MetricsWriter metrics);

    /// <summary>Writes how often each container was started again, whether each pod that is not over is ready, and what programs report by themselves.</summary>
    /// <param name="metrics">Where to.</param>
    void WriteReports(MetricsWriter metrics);

    /// <summary>Writes what the containers of each pod take together.</summary>
    /// <param name="metrics">Where to.</param>
    void WriteSums(MetricsWriter metrics);

    /// <summary>Answers a request for a container's log.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Where to.</param>
    void AnswerLogs(ServerRequest request, ServerAnswer answer);
}
