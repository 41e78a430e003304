using PicoKubelet.Json;

namespace PicoKubelet.Images;

/// <summary>
/// What is needed of an image's manifest, or of an index of them, while it streams by: an artifact with one WebAssembly module
/// (CNCF's layout, wasm-to-oci's), as OCI's image-spec 1.1 and Docker's schema 2 write it.
/// </summary>
internal sealed class ImageManifest
{
    private const int MaxTypeBytes = 127;
    private const int MaxDigestBytes = 135;
    private const int MaxNameBytes = 16;

    private bool _isIndex;
    private string _otherType;
    private int _modules;
    private int _layers;
    private int _rank;
    private string _childDigest;

    /// <summary>Gets the digest of the manifest that the index names for WebAssembly, or null where this is no index.</summary>
    public string ChildDigest { get; private set; }

    /// <summary>Gets the digest of the module's blob.</summary>
    public string LayerDigest { get; private set; }

    /// <summary>Gets the bytes of the module's blob.</summary>
    public long LayerBytes { get; private set; }

    /// <summary>Gets why it can not be used, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">Before its first token.</param>
    /// <exception cref="JsonException">It is malformed.</exception>
    public void Read(JsonReader json)
    {
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                if (json.NameIs("layers") && json.BeginArrayOrSkip())
                {
                    ReadLayers(json);
                }
                else if (json.NameIs("manifests") && json.BeginArrayOrSkip())
                {
                    ReadManifests(json);
                }
            }
        }

        json.ReadToEnd();
        Judge();
    }

    private void ReadLayers(JsonReader json)
    {
        while (json.NextElement())
        {
            _layers++;
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            string type = null;
            string digest = null;
            long size = -1;
            while (json.ReadName())
            {
                if (json.NameIs("mediaType"))
                {
                    type = json.ReadString(MaxTypeBytes);
                }
                else if (json.NameIs("digest"))
                {
                    digest = json.ReadString(MaxDigestBytes);
                }
                else if (json.NameIs("size"))
                {
                    size = json.TryReadInt64(out long bytes) ? bytes : -1;
                }
            }

            if (!IsModule(type))
            {
                _otherType ??= type;
                continue;
            }

            _modules++;
            LayerDigest = digest;
            LayerBytes = size;
        }
    }

    private void ReadManifests(JsonReader json)
    {
        _isIndex = true;
        while (json.NextElement())
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            int rank = 1;
            string digest = null;
            while (json.ReadName())
            {
                if (json.NameIs("digest"))
                {
                    digest = json.ReadString(MaxDigestBytes);
                }
                else if (json.NameIs("platform") && json.BeginObjectOrSkip())
                {
                    rank = ReadPlatform(json);
                }
            }

            if (rank > _rank)
            {
                _rank = rank;
                _childDigest = digest;
            }
        }
    }

    /// <returns>How well it suits: 0 not at all, 1 where nothing is said, more for WebAssembly.</returns>
    private static int ReadPlatform(JsonReader json)
    {
        string architecture = null;
        string os = null;
        while (json.ReadName())
        {
            if (json.NameIs("architecture"))
            {
                architecture = json.ReadString(MaxNameBytes);
            }
            else if (json.NameIs("os"))
            {
                os = json.ReadString(MaxNameBytes);
            }
        }

        // wasip2's are components, which the engine does not run.
        bool isWasm = architecture == "wasm" || architecture == "wasm32";
        return isWasm ? (os == "wasip2" ? 2 : 3) : string.IsNullOrEmpty(architecture) ? 1 : 0;
    }

    private static bool IsModule(string type)
    {
        // CNCF's artifact layout; wasm-to-oci, and what came before it.
        return type == "application/wasm" || type == "application/vnd.wasm.content.layer.v1+wasm" || type == "application/vnd.module.wasm.content.layer.v1+wasm";
    }

    private void Judge()
    {
        if (_isIndex)
        {
            ChildDigest = _childDigest;
            Problem = _rank == 0 ? "no manifest of the index is for platform wasm" : ImageReference.IsDigest(_childDigest) ? null : "the index names no sha256 digest";
        }
        else if (_modules != 1)
        {
            Problem = _layers == 0 ? "no image manifest" : _modules > 1 ? "more than one layer is a WebAssembly module"
                : "no layer is application/wasm" + (_otherType == null ? "" : " but " + _otherType) + "; boards run WebAssembly artifacts alone";
        }
        else if (!ImageReference.IsDigest(LayerDigest) || LayerBytes < 0)
        {
            Problem = "the layer has no sha256 digest or no size";
        }
    }
}
