namespace PicoKubelet.Programs;

/// <summary>Knows which programs are used.</summary>
public interface IProgramUsers
{
    /// <summary>Gets whether a container on this node runs a program.</summary>
    /// <param name="digest">The program's SHA-256.</param>
    /// <returns>Whether it does.</returns>
    bool Uses(byte[] digest);
}
