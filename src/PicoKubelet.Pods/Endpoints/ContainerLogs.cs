using PicoKubelet.Http.Server;
using PicoKubelet.Logging;

namespace PicoKubelet.Pods.Endpoints;

/// <summary>A container's log, as <c>kubectl logs</c> asks for it. Errors are text, which kubectl shows.</summary>
internal static class ContainerLogs
{
    /// <summary>Answers a request for it.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="request">The request.</param>
    /// <param name="answer">Where to.</param>
    public static void Answer(PodTable pods, ServerRequest request, ServerAnswer answer)
    {
        string podNamespace = request.Segment(1);
        string name = request.Segment(2);
        string containerName = request.Segment(3);
        Pod pod = FindPod(pods, podNamespace, name);
        Container container = pod == null ? null : FindContainer(pod, containerName);
        if (container == null)
        {
            Refuse(answer, HttpStatus.NotFound, pod == null ? "pod \"" + name + "\" not found" : "container \"" + containerName + "\" not found in pod \"" + name + "\"");
            return;
        }

        LogQuery query = new LogQuery(request);
        bool isPrevious = request.IsSet("previous");
        LogRing log = isPrevious ? container.PreviousLog : container.Log;
        ContainerState state = container.State;
        if (log == null)
        {
            Refuse(answer, HttpStatus.BadRequest, "previous terminated container \"" + containerName + "\" in pod \"" + name + "\" not found");
            return;
        }

        if (state.Phase == ContainerPhase.Waiting && log.End == 0 && container.LastState == null)
        {
            Refuse(answer, HttpStatus.BadRequest, "container \"" + containerName + "\" in pod \"" + name + "\" is waiting to start: " + (state.Message ?? state.Reason));
            return;
        }

        answer.Begin(HttpStatus.Ok, ServerAnswer.TextType);
        LogCopy copy = new LogCopy(log, query, pods.UtcNow);
        copy.Write(answer);
        if (query.Follows && !isPrevious)
        {
            Follow(container, copy, log, answer);
        }

        answer.End();
    }

    private static Container FindContainer(Pod pod, string name)
    {
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            if (pod.Containers[i].Spec.Name == name)
            {
                return pod.Containers[i];
            }
        }

        return null;
    }

    private static void Refuse(ServerAnswer answer, int status, string message)
    {
        answer.Begin(status, ServerAnswer.TextType);
        answer.Text.Write(message);
        answer.End();
    }

    /// <summary>Goes on with what comes, until the run ends or nobody listens.</summary>
    private static void Follow(Container container, LogCopy copy, LogRing log, ServerAnswer answer)
    {
        bool isRunning = true;
        while (isRunning && copy.AwaitMore(answer))
        {
            // Looked at before the log: what a program writes last is there before it has ended.
            isRunning = container.Log == log && container.State.Phase == ContainerPhase.Running;
            copy.Write(answer);
        }
    }

    private static Pod FindPod(PodTable pods, string podNamespace, string name)
    {
        lock (pods.Gate)
        {
            return pods.Find(podNamespace, name);
        }
    }
}
