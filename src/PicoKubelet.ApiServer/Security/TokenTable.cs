using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Security;

/// <summary>The bearer tokens in force. Only their hashes are kept, so that finding one takes the same time for all.</summary>
internal sealed class TokenTable
{
    private const string Scheme = "Bearer ";

    private readonly ConcurrentDictionary<string, Identity> _byHash = new(StringComparer.Ordinal);
    private readonly Identity? _anonymous;

    /// <param name="adminToken">A token that may do everything; null: a request without a token may.</param>
    public TokenTable(string? adminToken)
    {
        var admin = new Identity("admin", [Everything.Group], new Everything());
        if (adminToken is null)
        {
            _anonymous = admin;
        }
        else
        {
            Add(adminToken, admin);
        }
    }

    public void Add(string token, Identity identity) => _byHash[Hash(token)] = identity;

    public void Remove(string token) => _byHash.TryRemove(Hash(token), out _);

    /// <summary>Who sends the request; null: nobody known.</summary>
    public Identity? Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        var token = isBearer ? header[Scheme.Length..].Trim() : "";
        // As in the real server, an empty token is none.
        if (token.Length == 0)
        {
            return header.Length == 0 || isBearer || header.Trim() == "Bearer" ? _anonymous : null;
        }
        return Find(token);
    }

    /// <summary>Whose a token is; null: nobody's.</summary>
    public Identity? Find(string token) => _byHash.TryGetValue(Hash(token), out var identity) && identity.IsValid ? identity : null;

    /// <summary>What was given to the tokens of a user.</summary>
    public IEnumerable<IAuthorizer> RightsOf(string user) =>
        _byHash.Values.Where(identity => identity.User == user && identity.IsValid).Select(identity => identity.Rights);

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
