namespace PicoKubelet.Tests.Fakes;

/// <summary>Is told of a request that a fake has answered.</summary>
internal delegate void ServedAction(string kind);
