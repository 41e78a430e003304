using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>Asks the cluster whether whoever runs this may do something.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Group">The resource's API group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Name">The object, or an empty text for any.</param>
/// <param name="Subresource">The subresource, or an empty text.</param>
internal sealed record AccessQuestion(string Verb, string Group, string Resource, string Name = "", string Subresource = "")
{
    /// <summary>Makes the review that the cluster answers.</summary>
    public JsonObject ToReview()
    {
        return new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject
                {
                    ["verb"] = Verb, ["group"] = Group, ["resource"] = Resource, ["name"] = Name, ["subresource"] = Subresource,
                },
            },
        };
    }

    // As a rule of a ClusterRole would give it.
    /// <inheritdoc/>
    public override string ToString()
    {
        string resource = Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
        string of = Group.Length == 0 ? "" : "." + Group;
        return $"{Verb} {resource}{of}{(Name.Length == 0 ? "" : $" {Name}")}";
    }
}
