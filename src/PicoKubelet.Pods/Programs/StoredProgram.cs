namespace PicoKubelet.Programs;

/// <summary>A program as it was fetched, or as it lies in the storage.</summary>
public sealed class StoredProgram
{
    /// <summary>Initializes the program.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="digest">Their SHA-256.</param>
    public StoredProgram(ProgramBytes bytes, byte[] digest)
    {
        Bytes = bytes;
        Digest = digest;
    }

    /// <summary>Gets its bytes.</summary>
    public ProgramBytes Bytes { get; }

    /// <summary>Gets their SHA-256.</summary>
    public byte[] Digest { get; }

    /// <summary>Gets or sets the digest of the image that it was in, or null.</summary>
    public byte[] Image { get; set; }
}
