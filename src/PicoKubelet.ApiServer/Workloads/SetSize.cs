namespace PicoKubelet.ApiServer.Workloads;

/// <summary>How many pods a ReplicaSet is to have, and how many of them are available.</summary>
internal readonly record struct SetSize(long Wanted, long Available);
