using System.Text;
using PicoKubelet.Images;
using PicoKubelet.Programs;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Images;

/// <summary>A registry that gives the replies that the test wrote down, each on a connection of its own.</summary>
internal sealed class RegistryHarness
{
    public const string Image = "r.example:5000/blink:v1";
    public const string Blob = "the bytes of a program";
    public const int MaxBytes = 1000;

    private readonly FakeConnection[] _connections;

    public RegistryHarness(params string[] replies)
    {
        _connections = new FakeConnection[replies.Length];
        object[] script = new object[replies.Length];
        for (int i = 0; i < replies.Length; i++)
        {
            _connections[i] = new FakeConnection(Clock, replies[i]);
            script[i] = _connections[i];
        }

        Connector = new FakeConnector(script);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public FakeConnector Connector { get; }

    public ProgramStore Store { get; set; }

    /// <summary>The registries that speak plain HTTP.</summary>
    public string[] Insecure { get; set; }

    public ImagePull Pull { get; private set; }

    /// <summary>What was sent on a connection.</summary>
    public string Sent(int index) => _connections[index].Sent;

    public FakeConnection Connection(int index) => _connections[index];

    /// <summary>Pulls until it is over.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string Run(string image = Image)
    {
        Pull = new ImagePull(ImageReference.Parse(image), new RegistryAccess(Connector, Clock, Insecure), Store, MaxBytes);
        while (!Pull.Step())
        {
        }

        return Pull.Problem;
    }

    public static string DigestOf(string text) => "sha256:" + Hex.ToText(Sha256.Of(text));

    /// <summary>A manifest in CNCF's layout.</summary>
    public static string Manifest(string blob = Blob, string layerType = "application/wasm", long size = -1)
    {
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":\"application/vnd.wasm.config.v0+json\","
            + "\"digest\":\"" + DigestOf("{}") + "\",\"size\":2},\"layers\":[{\"mediaType\":\"" + layerType + "\",\"digest\":\"" + DigestOf(blob)
            + "\",\"size\":" + (size < 0 ? blob.Length : size).ToString() + ",\"annotations\":{\"org.opencontainers.image.title\":\"blink.wasm\"}}]}";
    }

    public static string ManifestReply(string manifest)
    {
        return Replies.Of("200 OK", "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n", manifest);
    }

    public static string BlobReply(string blob = Blob)
    {
        return Replies.Of("200 OK", "Content-Type: application/octet-stream\r\n", blob);
    }

    public static string TextOf(StoredProgram program)
    {
        byte[] content = new byte[program.Bytes.Length];
        int length = program.Bytes.Open().Read(content, 0, content.Length);
        return Encoding.UTF8.GetString(content, 0, length);
    }
}
