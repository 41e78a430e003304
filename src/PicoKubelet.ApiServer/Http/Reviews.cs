using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>What a user can ask about themselves: kubectl auth can-i, auth can-i --list, auth whoami.</summary>
internal static class Reviews
{
    private const string Authorization = "authorization.k8s.io";
    private const string Authentication = "authentication.k8s.io";

    // What this server tells whoever signed in, as the ClusterRoles system:discovery and system:public-info-viewer have it.
    private static readonly string[] OpenPaths = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"];

    /// <summary>The questions about others, which are for those who have the right to ask them.</summary>
    public const string TokenReviews = "tokenreviews";

    /// <summary>The same.</summary>
    public const string AccessReviews = "subjectaccessreviews";

    /// <summary>Those that anybody may ask.</summary>
    public static readonly IReadOnlyList<Review> All =
    [
        new(Authorization, "selfsubjectaccessreviews", "SelfSubjectAccessReview", MayI),
        new(Authorization, "selfsubjectrulesreviews", "SelfSubjectRulesReview", WhatMayI),
        new(Authentication, "selfsubjectreviews", "SelfSubjectReview", WhoAmI),
    ];

    /// <summary>The one at that path, or null.</summary>
    public static Review? Find(string path) => All.FirstOrDefault(review => review.Path == path);

    /// <summary>The question about others at that path, or null.</summary>
    /// <param name="path">The path.</param>
    /// <param name="store">Where Roles and pods are.</param>
    /// <param name="tokens">The tokens in force.</param>
    public static Review? FindAboutOthers(string path, ObjectStore store, TokenTable tokens)
    {
        Review[] all =
        [
            new(Authentication, TokenReviews, "TokenReview", (question, _) => Whose(question, tokens)),
            new(Authorization, AccessReviews, "SubjectAccessReview", (question, _) => MayI(question, Named(question, store, tokens))),
        ];
        return Array.Find(all, review => review.Path == path);
    }

    private static JsonObject Whose(JsonObject question, TokenTable tokens)
    {
        if (question.Text("spec", "token") is not { Length: > 0 } token)
        {
            throw Failures.BadRequest("token is required for TokenReview in authentication");
        }
        if (tokens.Find(token) is not { } identity)
        {
            return new JsonObject { ["user"] = new JsonObject(), ["error"] = "[invalid bearer token, Token has been invalidated]" };
        }
        return new JsonObject { ["authenticated"] = true, ["user"] = new JsonObject { ["username"] = identity.User, ["groups"] = List([.. identity.Groups]) } };
    }

    private static Identity Named(JsonObject question, ObjectStore store, TokenTable tokens)
    {
        var user = question.Text("spec", "user") ?? "";
        string[] groups = [.. (question.At("spec")?["groups"] as JsonArray)?.Select(group => group?.ToString() ?? "") ?? []];
        if (user.Length == 0 && groups.Length == 0)
        {
            throw Failures.BadRequest("at least one of user or group must be specified");
        }
        return new Identity(user, groups, UserRights.Of(store, user, groups, tokens.RightsOf(user)));
    }

    private static JsonObject MayI(JsonObject question, Identity identity)
    {
        var resource = question.At("spec", "resourceAttributes");
        var path = question.At("spec", "nonResourceAttributes");
        if (resource is null == path is null)
        {
            throw Failures.BadRequest("exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        var allowed = resource is null ? MayRead(identity, path.Text("path") ?? "", path.Text("verb") ?? "") : identity.May(new AccessRequest(
            resource.Text("verb") ?? "",
            resource.Text("group") ?? "",
            resource.Text("resource") ?? "",
            resource.Text("subresource") ?? "",
            resource.Text("namespace") ?? "",
            resource.Text("name") ?? ""));
        return new JsonObject { ["allowed"] = allowed };
    }

    private static bool MayRead(Identity identity, string path, string verb) =>
        identity.Groups.Contains(Everything.Group)
        || (verb == "get" && OpenPaths.Any(open => open.EndsWith('*') ? path.StartsWith(open[..^1], StringComparison.Ordinal) : path == open));

    private static JsonObject WhatMayI(JsonObject question, Identity identity)
    {
        var ns = question.Text("spec", "namespace") ?? "";
        if (ns.Length == 0)
        {
            throw Failures.BadRequest("no namespace on request");
        }
        var paths = new JsonArray(new JsonObject { ["verbs"] = List("get"), ["nonResourceURLs"] = List(OpenPaths) });
        if (identity.Groups.Contains(Everything.Group))
        {
            paths.Insert(0, new JsonObject { ["verbs"] = List("*"), ["nonResourceURLs"] = List("*") });
        }
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. identity.Rights.GrantsIn(ns).Select(Rule), .. Asking()]),
            ["nonResourceRules"] = paths,
            ["incomplete"] = false,
        };
    }

    // Whoever signed in may ask these questions, as the ClusterRole system:basic-user has it.
    private static IEnumerable<JsonObject> Asking() => All.GroupBy(review => review.Group).Select(group => new JsonObject
    {
        ["verbs"] = List("create"),
        ["apiGroups"] = List(group.Key),
        ["resources"] = List([.. group.Select(review => review.Plural)]),
    });

    private static JsonObject Rule(AccessGrant grant)
    {
        var rule = new JsonObject { ["verbs"] = List([.. grant.Verbs]), ["apiGroups"] = List([.. grant.Groups]), ["resources"] = List([.. grant.Resources]) };
        if (grant.Names.Count > 0)
        {
            rule["resourceNames"] = List([.. grant.Names]);
        }
        return rule;
    }

    private static JsonObject WhoAmI(JsonObject question, Identity identity) => new()
    {
        ["userInfo"] = new JsonObject { ["username"] = identity.User, ["groups"] = List([.. identity.Groups]) },
    };

    private static JsonArray List(params string[] texts) => [.. texts.Select(text => (JsonNode)text)];
}
