using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Programs;

/// <summary>Pods that use one program at most.</summary>
internal sealed class FakeUsers : IProgramUsers
{
    /// <summary>The digest of the program that is used, or null.</summary>
    public byte[] Used { get; set; }

    public bool Uses(byte[] digest)
    {
        return Used != null && Hex.ToText(Used) == Hex.ToText(digest);
    }
}
