using System;
using PicoKubelet.Api;
using PicoKubelet.Http;
using PicoKubelet.Json;
using PicoKubelet.Network;
using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Images;

/// <summary>
/// Fetches the program of an image, a request a step, each on a connection of its own that is closed at its end: the manifest, for an
/// index the one that it names, the module's blob; before them a token where the registry asks for one, in between wherever it
/// redirects to. Nothing is taken that its digest does not fit. Nothing is thrown for what a registry does.
/// </summary>
public sealed partial class ImagePull
{
    // As a request to the API server: none delays a heartbeat by more.
    private const int StepMilliseconds = 8000;
    private const int MaxSteps = 12;
    private const int MaxRedirects = 4;

    // An index of many platforms with what attests them; a manifest has a kilobyte.
    private const int MaxManifestBytes = 64 * 1024;
    private const int MaxDrainBytes = 4096;
    private const int JsonBlockBytes = 256;
    private const int JsonTokenBytes = 256;

    // Docker Hub's are of some 3 KB.
    private const int MaxTokenBytes = 4096;

    private const string AcceptManifest = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, "
        + "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

    private readonly ImageReference _image;
    private readonly RegistryAccess _access;
    private readonly ProgramStore _store;
    private readonly int _maxBytes;
    private readonly string _root;
    private string _wanted;
    private bool _isBlob;
    private long _blobBytes;
    private byte[] _imageDigest;
    private RegistryUrl _url;
    private RegistryUrl _tokenUrl;
    private byte[] _token;
    private bool _mayAuthorize;
    private int _redirects;
    private int _steps;

    /// <summary>Begins a pull; the first <see cref="Step"/> asks for something.</summary>
    /// <param name="image">Which image.</param>
    /// <param name="access">How registries are reached.</param>
    /// <param name="store">The programs that the board keeps, or null.</param>
    /// <param name="maxBytes">The most bytes of a program.</param>
    public ImagePull(ImageReference image, RegistryAccess access, ProgramStore store, int maxBytes)
    {
        _image = image;
        _access = access;
        _store = store;
        _maxBytes = maxBytes;
        _root = (access.IsInsecure(image.Registry) ? "http://" : "https://") + image.Authority + "/v2/" + image.Repository + "/";
        _wanted = image.Digest;
        Ask("manifests/" + (image.Digest ?? image.Tag));
    }

    /// <summary>Gets the program, once it is there.</summary>
    public StoredProgram Program { get; private set; }

    /// <summary>Gets why the pull failed, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>Does one request.</summary>
    /// <returns>Whether the pull is over.</returns>
    public bool Step()
    {
        _steps++;
        if (_steps > MaxSteps)
        {
            return Fail("the registry asks for too many requests");
        }

        RegistryUrl url = _tokenUrl ?? _url;
        if (!_access.MayAsk(url))
        {
            return Fail(url.Server.ToString() + " is plain HTTP, and not among pods.insecureRegistries");
        }

        RegistryExchange exchange = new RegistryExchange(_access);
        try
        {
            string accept = _tokenUrl != null ? MediaType.Json : _isBlob ? "*/*" : AcceptManifest;
            exchange.Send(url, accept, _tokenUrl == null && _mayAuthorize ? _token : null, StepMilliseconds);
            return Take(exchange, url);
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (ConnectException e)
        {
            return Fail(url.Server.ToString() + ": " + e.Describe());
        }
        catch (HttpException e)
        {
            return Fail(url.Server.ToString() + ": " + (e.Error == HttpError.Timeout ? "no answer in time" : e.Message));
        }
        catch (JsonException)
        {
            return Fail(url.Server.ToString() + ": no JSON; is this a registry?");
        }
        catch (Exception e)
        {
            return Fail(url.Server.ToString() + ": " + (exchange.IsLate ? "no answer in time" : e.Message));
        }
        finally
        {
            exchange.Close();
        }
    }

    private bool Take(RegistryExchange exchange, RegistryUrl url)
    {
        int status = exchange.StatusCode;
        if (status >= 300 && status < 400 && status != 304 && exchange.Location != null)
        {
            return Redirect(url, exchange.Location);
        }

        if (status == 401 && _tokenUrl == null && _token == null && exchange.Challenge != null)
        {
            _tokenUrl = exchange.Challenge.MakeUrl();
            _redirects = 0;
            return _tokenUrl == null && Fail("401 from " + url.Server.ToString() + ": it names no server for tokens");
        }

        if (status != 200)
        {
            return Fail(Describe(exchange, url));
        }

        if (_tokenUrl == null && _isBlob)
        {
            return TakeBlob(exchange);
        }

        if (!exchange.IsJson)
        {
            return Fail(url.Server.ToString() + ": no JSON; is this a registry?");
        }

        return _tokenUrl != null ? TakeToken(exchange) : TakeManifest(exchange);
    }

    private bool TakeManifest(RegistryExchange exchange)
    {
        DigestingSource body = new DigestingSource(exchange.Body, MaxManifestBytes);
        ImageManifest manifest = new ImageManifest();
        manifest.Read(Open(body));
        byte[] digest = body.End();
        if (_wanted != null && _wanted != NameOf(digest))
        {
            return Fail("the manifest's digest is " + NameOf(digest) + ", not " + _wanted);
        }

        bool isChild = _imageDigest != null;
        _imageDigest ??= digest;
        if (manifest.Problem != null || (isChild && manifest.ChildDigest != null))
        {
            return Fail(manifest.Problem ?? "an index within an index");
        }

        if (manifest.ChildDigest != null)
        {
            _wanted = manifest.ChildDigest;
            Ask("manifests/" + _wanted);
            return false;
        }

        _wanted = manifest.LayerDigest;
        _blobBytes = manifest.LayerBytes;
        if (_blobBytes > _maxBytes)
        {
            return Fail("the program has " + _blobBytes.ToString() + " bytes, and may have " + _maxBytes.ToString());
        }

        StoredProgram kept = _store?.Find(Hex.ToBytes(_wanted, _wanted.IndexOf(':') + 1), _maxBytes);
        if (kept != null)
        {
            return End(kept.Bytes, kept.Digest);
        }

        _isBlob = true;
        Ask("blobs/" + _wanted);
        return false;
    }

    private bool TakeBlob(RegistryExchange exchange)
    {
        if (exchange.Body.ContentLength > _blobBytes)
        {
            return Fail("the blob has " + exchange.Body.ContentLength.ToString() + " bytes, the manifest says " + _blobBytes.ToString());
        }

        ProgramBytes bytes = new ProgramBytes((int)_blobBytes);
        byte[] buffer = new byte[JsonBlockBytes];
        int read;
        while (!bytes.IsTooLarge && (read = exchange.Body.Read(buffer, 0, buffer.Length)) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        if (bytes.IsTooLarge || bytes.Length != _blobBytes)
        {
            return Fail("the blob has " + (bytes.IsTooLarge ? "more" : "fewer") + " bytes than the " + _blobBytes.ToString() + " that the manifest says");
        }

        byte[] digest = bytes.MakeDigest();
        return NameOf(digest) == _wanted ? End(bytes, digest) : Fail("the blob's digest is " + NameOf(digest) + ", not " + _wanted);
    }

    private bool TakeToken(RegistryExchange exchange)
    {
        byte[] buffer = new byte[MaxTokenBytes];
        int length = 0;
        JsonReader json = Open(new DigestingSource(exchange.Body, MaxTokenBytes * 2));
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                // Either name, by the specification of distribution's tokens; where there are both, they are the same.
                if ((json.NameIs("token") || json.NameIs("access_token")) && (!json.ReadStringInto(buffer, out length) || json.IsTruncated))
                {
                    length = 0;
                }
            }
        }

        for (int i = 0; i < length; i++)
        {
            length = buffer[i] > ' ' && buffer[i] < 0x7f ? length : 0;
        }

        if (length == 0)
        {
            return Fail(_tokenUrl.Server.ToString() + " gives no token that a board can take");
        }

        _token = new byte[length];
        Array.Copy(buffer, 0, _token, 0, length);
        _tokenUrl = null;
        _redirects = 0;
        return false;
    }
}
