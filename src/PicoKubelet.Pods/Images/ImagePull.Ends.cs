using System;
using PicoKubelet.Json;
using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Images;

// Where it goes on, and how it ends.
public sealed partial class ImagePull
{
    private static JsonReader Open(IByteSource body)
    {
        JsonReader json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
        json.Reset(body);
        return json;
    }

    private static string NameOf(byte[] digest) => "sha256:" + Hex.ToText(digest);

    /// <summary>Asks the registry for something next.</summary>
    private void Ask(string what)
    {
        _url = RegistryUrl.Parse(_root + what);
        _mayAuthorize = true;
        _redirects = 0;
    }

    private bool Redirect(RegistryUrl from, string location)
    {
        _redirects++;
        RegistryUrl to = from.Resolve(location);
        if (_redirects > MaxRedirects || to == null)
        {
            return Fail(from.Server.ToString() + (to == null ? " redirects to no URL that a board can ask at" : " redirects more than " + MaxRedirects.ToString() + " times"));
        }

        if (_tokenUrl != null)
        {
            _tokenUrl = to;
        }
        else
        {
            // The token is for the registry alone: what signs a URL elsewhere is in the URL.
            _mayAuthorize &= to.IsSameServer(from);
            _url = to;
        }

        return false;
    }

    private string Describe(RegistryExchange exchange, RegistryUrl url)
    {
        string words = null;
        try
        {
            words = exchange.IsJson ? RegistryErrors.Read(Open(new DigestingSource(exchange.Body, MaxDrainBytes))) : null;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            // The status says enough.
        }

        if (words == null)
        {
            words = exchange.StatusCode == 401 ? "the registry wants a login, and boards have none" : exchange.StatusCode == 404 ? "not found" : null;
        }

        return exchange.StatusCode.ToString() + " from " + url.Server.ToString() + (words == null ? "" : ": " + words);
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        _token = null;
        return true;
    }

    private bool End(ProgramBytes bytes, byte[] digest)
    {
        Program = new StoredProgram(bytes, digest) { Image = _imageDigest };
        _token = null;
        return true;
    }
}
