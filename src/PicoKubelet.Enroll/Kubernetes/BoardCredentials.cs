using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>What a board signs in with: a token, or a certificate and its key.</summary>
internal sealed class BoardCredentials
{
    private const string TokenField = "token";
    private const string CertificateField = "clientCertificate";
    private const string KeyField = "clientKey";

    private readonly string? _token;
    private readonly NodeCertificate? _certificate;

    private BoardCredentials(string? token, NodeCertificate? certificate)
    {
        _token = token;
        _certificate = certificate;
    }

    /// <summary>Gets nothing: in their place while it is looked at whether all else is right.</summary>
    public static BoardCredentials None { get; } = new(null, null);

    /// <summary>Makes those of a token.</summary>
    public static BoardCredentials Of(BoardToken token)
    {
        return new BoardCredentials(token.Value, null);
    }

    /// <summary>Makes those of a client certificate.</summary>
    public static BoardCredentials Of(NodeCertificate certificate)
    {
        return new BoardCredentials(null, certificate);
    }

    /// <summary>Gets whether settings sign in with a certificate.</summary>
    public static bool HasCertificate(JsonObject settings)
    {
        return settings.ContainsKey(CertificateField);
    }

    /// <summary>Puts them into a board's settings, in the place of those that were there.</summary>
    public void PutInto(JsonObject settings)
    {
        Set(settings, TokenField, _token);
        Set(settings, CertificateField, _certificate?.Certificate);
        Set(settings, KeyField, _certificate?.Key);
    }

    private static void Set(JsonObject settings, string field, string? value)
    {
        settings.Remove(field);
        if (value is not null)
        {
            settings[field] = value;
        }
    }
}
