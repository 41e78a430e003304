using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Picks the first alternative of an Accept header that this server can give.</summary>
internal readonly record struct Negotiation(Representation Representation, string MetaVersion)
{
    /// <exception cref="ApiException">None of the alternatives can be given.</exception>
    public static Negotiation Of(HttpRequest request)
    {
        var accept = string.Join(',', request.Headers.Accept.ToArray());
        if (accept.Length == 0)
        {
            return new Negotiation(Representation.Object, "v1");
        }
        foreach (var alternative in accept.Split(','))
        {
            if (Match(alternative) is { } match)
            {
                return match;
            }
        }
        throw Failures.NotAcceptable();
    }

    private static Negotiation? Match(string alternative)
    {
        var parts = alternative.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] == "application/vnd.kubernetes.protobuf" && parts.Contains("as=PartialObjectMetadata"))
        {
            return new Negotiation(Representation.PackedMetadata, "v1");
        }
        if (parts[0] is not ("application/json" or "*/*" or "application/*"))
        {
            return null;
        }
        var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim());
        var form = parameters["as"].FirstOrDefault();
        var version = parameters["v"].FirstOrDefault() ?? "v1";
        if (form is null)
        {
            return new Negotiation(Representation.Object, "v1");
        }
        if (parameters["g"].FirstOrDefault() != "meta.k8s.io" || version is not ("v1" or "v1beta1"))
        {
            return null;
        }
        return form switch
        {
            "Table" => new Negotiation(Representation.Table, version),
            "PartialObjectMetadata" or "PartialObjectMetadataList" => new Negotiation(Representation.Metadata, version),
            _ => null,
        };
    }
}
