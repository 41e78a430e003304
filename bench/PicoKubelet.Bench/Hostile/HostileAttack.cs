using System.Net;

namespace PicoKubelet.Bench.Hostile;

/// <summary>Something that clients do to a board.</summary>
/// <param name="Name">The name.</param>
/// <param name="Run">Does it for about so many seconds.</param>
/// <param name="IsRight">Whether what they got is what they may get.</param>
internal sealed record HostileAttack(string Name, Action<IPEndPoint, TimeSpan, HostileTally> Run, Func<HostileTally, bool> IsRight);
