namespace PicoKubelet.ApiServer.Security;

/// <summary>What somebody wants to do, in the words of Kubernetes' authorizers.</summary>
internal readonly record struct AccessRequest(string Verb, string Group, string Resource, string Subresource, string Namespace, string Name);
