using System.Text.Json.Nodes;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Something that a board might be allowed to do.</summary>
/// <param name="Verb">What.</param>
/// <param name="Group">The API group, empty for the core.</param>
/// <param name="Resource">The resource, with its subresource behind a slash.</param>
/// <param name="Namespace">The namespace; empty for none, which stands for all where the resource has them.</param>
/// <param name="Name">The object's name; empty for none, which stands for all.</param>
internal sealed record Question(string Verb, string Group, string Resource, string Namespace, string Name)
{
    /// <summary>Makes the SelfSubjectAccessReview that asks it.</summary>
    public JsonObject ToReview()
    {
        string[] parts = Resource.Split('/');
        return new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject
                {
                    ["verb"] = Verb,
                    ["group"] = Group,
                    ["resource"] = parts[0],
                    ["subresource"] = parts.Length > 1 ? parts[1] : string.Empty,
                    ["namespace"] = Namespace,
                    ["name"] = Name,
                },
            },
        };
    }
}
