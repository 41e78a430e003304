using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PicoKubelet.Hardware;
using PicoKubelet.ApiServer;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>
/// What boards and kubectl know an embedded cluster by: its port, its CA and its tokens. In the folder of the boards' files, where
/// they are kept, so that a board that was given its settings by hand finds the cluster at the next start too.
/// </summary>
internal sealed class ClusterIdentity
{
    // No board can have such a name, whose folder is beside this one.
    private const string FolderName = "embedded_cluster";
    private const string FileName = "cluster.json";

    // Somebody may have to type it.
    private const int TokenBytes = 16;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly FolderFiles? _files;
    private readonly Kept _kept;

    private ClusterIdentity(string folder, FolderFiles? files, Kept kept)
    {
        Folder = folder;
        _files = files;
        _kept = kept;
    }

    /// <summary>Gets the folder for what kubectl and people need of it.</summary>
    public string Folder { get; }

    /// <summary>Gets whether it outlasts this process.</summary>
    public bool IsKept => _files is not null;

    /// <summary>Gets the CA: its certificate and its key, PEM.</summary>
    public string Authority => _kept.Authority!;

    /// <summary>Gets the token of whom may do everything.</summary>
    public string AdminToken => TokenOf("");

    /// <summary>Gets the port that boards were told, or null while there is none.</summary>
    public int? Port => _kept.Port;

    /// <summary>Takes the identity that is kept, or makes one.</summary>
    /// <param name="stateFolder">The folder of the boards' files, or null where nothing is kept.</param>
    /// <exception cref="IOException">It can not be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public static ClusterIdentity Load(string? stateFolder)
    {
        string folder = stateFolder is null
            ? Directory.CreateTempSubdirectory("picokubelet-").FullName
            : Path.Combine(Path.GetFullPath(stateFolder), FolderName);
        FolderFiles? files = stateFolder is null ? null : new FolderFiles(folder);
        Kept kept = Read(folder) ?? new Kept();
        kept.Authority = CertificateAuthority.IsUsable(kept.Authority) ? kept.Authority : CertificateAuthority.CreatePem();
        kept.Secret ??= RandomNumberGenerator.GetHexString(2 * SHA256.HashSizeInBytes);
        var identity = new ClusterIdentity(folder, files, kept);
        identity.Save();
        return identity;
    }

    /// <summary>Gets a board's token.</summary>
    /// <param name="name">The board.</param>
    public string TokenOf(string name)
    {
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_kept.Secret!), Encoding.UTF8.GetBytes(name));
        return Convert.ToHexStringLower(hash.AsSpan(0, TokenBytes));
    }

    /// <summary>Keeps the port that boards were told.</summary>
    /// <param name="port">The port.</param>
    public void KeepPort(int port)
    {
        _kept.Port = port;
        Save();
    }

    // What somebody spoilt by hand is made anew.
    private static Kept? Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Save()
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(_kept, Readable);
        if (_files is not null)
        {
            IFileWriter file = _files.Create(FileName);
            file.Write(json, 0, json.Length);
            file.Close();
        }
    }

    private sealed class Kept
    {
        public int? Port { get; set; }

        public string? Authority { get; set; }

        // What all tokens are derived from.
        public string? Secret { get; set; }
    }
}
