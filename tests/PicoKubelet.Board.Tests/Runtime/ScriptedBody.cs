using System;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Runtime;

/// <summary>A loop's body that takes a time and then gives a wait or throws.</summary>
internal sealed class ScriptedBody : ILoopBody
{
    private readonly ManualClock _clock;

    public ScriptedBody(ManualClock clock)
    {
        _clock = clock;
    }

    public int Wait { get; set; }

    public Exception Failure { get; set; }

    public int Milliseconds { get; set; }

    public int Step()
    {
        _clock.Advance(Milliseconds);
        if (Failure != null)
        {
            throw Failure;
        }

        return Wait;
    }
}
