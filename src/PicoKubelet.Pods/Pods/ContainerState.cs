using System;

namespace PicoKubelet.Pods;

/// <summary>What a container does, or did (core/v1 ContainerState). One that was made does not change, but for times that were not known.</summary>
public sealed class ContainerState
{
    private ContainerState(ContainerPhase phase, string reason, string message)
    {
        Phase = phase;
        Reason = reason;
        Message = message;
    }

    /// <summary>Gets which of the three it is.</summary>
    public ContainerPhase Phase { get; }

    /// <summary>Gets the reason in one word, or null.</summary>
    public string Reason { get; }

    /// <summary>Gets the message for people, or null.</summary>
    public string Message { get; }

    /// <summary>Gets when the program was started, UTC.</summary>
    public DateTime Started { get; private set; }

    /// <summary>Gets when the program ended, UTC.</summary>
    public DateTime Finished { get; private set; }

    /// <summary>Gets what the program ended with.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Gives it the time of what happened before the board had one.</summary>
    internal void TakeTime(DateTime time)
    {
        Started = Started == default(DateTime) ? time : Started;
        Finished = Finished == default(DateTime) ? time : Finished;
    }

    /// <summary>Makes the state of a container that waits.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">The message, or null.</param>
    /// <returns>The state.</returns>
    public static ContainerState Waiting(string reason, string message)
    {
        return new ContainerState(ContainerPhase.Waiting, reason, message);
    }

    /// <summary>Makes the state of a container that runs.</summary>
    /// <param name="started">Since when, UTC.</param>
    /// <returns>The state.</returns>
    public static ContainerState Running(DateTime started)
    {
        return new ContainerState(ContainerPhase.Running, null, null) { Started = started };
    }

    /// <summary>Makes the state of a container whose program ended.</summary>
    /// <param name="exitCode">What it ended with.</param>
    /// <param name="reason">Why.</param>
    /// <param name="message">The message, or null.</param>
    /// <param name="started">When it was started, UTC.</param>
    /// <param name="finished">When it ended, UTC.</param>
    /// <returns>The state.</returns>
    public static ContainerState Terminated(int exitCode, string reason, string message, DateTime started, DateTime finished)
    {
        return new ContainerState(ContainerPhase.Terminated, reason, message) { ExitCode = exitCode, Started = started, Finished = finished };
    }
}
