using System;
using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Tests.Api;

/// <summary>A reader that throws.</summary>
internal sealed class FailingReply : IReplyReader
{
    private readonly Exception _failure;

    public FailingReply(Exception failure)
    {
        _failure = failure;
    }

    public void Read(JsonReader json)
    {
        throw _failure;
    }
}
