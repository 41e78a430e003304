using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>The two questions to the cluster: whose token it is, and what a user may. One at a time.</summary>
/// <param name="client">A client of the API server for them alone.</param>
/// <param name="nodeName">The Node's name.</param>
internal sealed class ReviewRequests(ApiClient client, string nodeName)
{
    /// <summary>The bytes of the largest of them: a token, or a user with its groups.</summary>
    public const int MaxBodyBytes = 8 * 1024;

    private const int MaxTextBytes = 256;

    /// <summary>Asks whose token it is.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">The user, or null where it is nobody's.</param>
    /// <returns>What became of the request.</returns>
    public ApiResult ReviewToken(string token, out ReviewedUser? user)
    {
        JsonWriter json = Begin("authentication.k8s.io", "tokenreviews", "TokenReview");
        json.Property("token", token);
        var reply = new TokenReply();
        ApiResult result = End(json, reply);
        user = result.IsOk ? reply.User : null;
        return result;
    }

    /// <summary>Asks what a user may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="access">What it wants to do with this node.</param>
    /// <param name="isAllowed">Whether it may.</param>
    /// <returns>What became of the request.</returns>
    public ApiResult ReviewAccess(ReviewedUser user, NodeAccess access, out bool isAllowed)
    {
        JsonWriter json = Begin("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview");
        json.BeginObject("resourceAttributes");
        json.Property("verb", access.Verb);
        json.Property("version", "v1");
        json.Property("resource", "nodes");
        json.Property("subresource", access.Subresource);
        json.Property("name", nodeName);
        json.EndObject();
        json.Property("user", user.Name);
        if (user.Uid is not null)
        {
            json.Property("uid", user.Uid);
        }

        json.BeginArray("groups");
        foreach (string group in user.Groups)
        {
            json.Value(group);
        }

        json.EndArray();
        var reply = new AccessReply();
        ApiResult result = End(json, reply);
        isAllowed = result.IsOk && reply.IsAllowed;
        return result;
    }

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        client.Close();
    }

    private JsonWriter Begin(string group, string resource, string kind)
    {
        JsonWriter json = client.Begin(Verb.Post, $"/apis/{group}/v1/{resource}", MediaType.Json, ReplyForm.Whole);
        json.BeginObject();
        json.Property("kind", kind);
        json.Property("apiVersion", group + "/v1");
        json.BeginObject("spec");
        return json;
    }

    private ApiResult End(JsonWriter json, IReplyReader reply)
    {
        json.EndObject();
        json.EndObject();
        return client.Send(reply);
    }

    private abstract class StatusReply : IReplyReader
    {
        public void Read(JsonReader json)
        {
            if (!json.BeginObjectOrSkip())
            {
                return;
            }

            while (json.ReadName())
            {
                if (json.NameIs("status") && json.BeginObjectOrSkip())
                {
                    while (json.ReadName())
                    {
                        ReadField(json);
                    }
                }
            }
        }

        protected abstract void ReadField(JsonReader json);
    }

    private sealed class AccessReply : StatusReply
    {
        private bool _isAllowed;
        private bool _isDenied;

        public bool IsAllowed => _isAllowed && !_isDenied;

        protected override void ReadField(JsonReader json)
        {
            if (json.NameIs("allowed"))
            {
                json.TryReadBoolean(out _isAllowed);
            }
            else if (json.NameIs("denied"))
            {
                json.TryReadBoolean(out _isDenied);
            }
        }
    }

    private sealed class TokenReply : StatusReply
    {
        private readonly List<string> _groups = [];
        private bool _isAuthenticated;
        private string? _name;
        private string? _uid;

        public ReviewedUser? User => _isAuthenticated && !string.IsNullOrEmpty(_name) ? ReviewedUser.Signed(_name, _uid, _groups) : null;

        protected override void ReadField(JsonReader json)
        {
            if (json.NameIs("authenticated"))
            {
                json.TryReadBoolean(out _isAuthenticated);
            }
            else if (json.NameIs("user") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    ReadUser(json);
                }
            }
        }

        private void ReadUser(JsonReader json)
        {
            if (json.NameIs("username"))
            {
                _name = json.ReadString(MaxTextBytes);
            }
            else if (json.NameIs("uid"))
            {
                _uid = json.ReadString(MaxTextBytes);
            }
            else if (json.NameIs("groups") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    if (json.ReadString(MaxTextBytes) is { } group)
                    {
                        _groups.Add(group);
                    }
                }
            }
        }
    }
}
