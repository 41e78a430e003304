using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.Enroll.Cli;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>A board's objects in the cluster.</summary>
internal sealed class BoardObjects
{
    // The token controller fills a Secret at once; more than this means that it does not run.
    private static readonly TimeSpan SecretTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SecretPoll = TimeSpan.FromMilliseconds(250);

    private readonly Kubectl _kubectl;
    private readonly string _name;
    private readonly CancellationToken _stop;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="kubectl">Runs kubectl.</param>
    /// <param name="name">The board's name.</param>
    /// <param name="stop">Ends everything early.</param>
    public BoardObjects(Kubectl kubectl, string name, CancellationToken stop)
    {
        _kubectl = kubectl;
        _name = name;
        _stop = stop;
    }

    /// <summary>Gets whether a Node has the name: true for a board's, false for another machine's, null for none.</summary>
    public async Task<bool?> HasBoardNodeAsync()
    {
        KubectlOutput node = await _kubectl.RunAsync(_stop, "get", "node", _name, "--ignore-not-found", "--output", "json");
        return node.Output.Trim().Length == 0 ? null : JsonNode.Parse(node.Output)?["metadata"]?["labels"]?[Names.BoardLabel] is not null;
    }

    /// <summary>Gets whether the board is enrolled: whether its right to read its ConfigMap is there, which either identity has.</summary>
    public async Task<bool> IsEnrolledAsync()
    {
        KubectlOutput role = await _kubectl.RunAsync(_stop, "get", "role", "picokubelet:" + _name, "--namespace", Names.Namespace, "--ignore-not-found", "--output", "name");
        return role.Output.Trim().Length > 0;
    }

    /// <summary>Lists those of the board's objects that are there, its Node not among them.</summary>
    /// <returns>Their names as kubectl writes them, such as serviceaccount/pico-node-7.</returns>
    public async Task<IReadOnlyList<string>> FindAsync()
    {
        using BoardManifests manifests = new(_name, BoardIdentity.Token);
        KubectlOutput own = await _kubectl.RunAsync(_stop, "get", "--kustomize", manifests.Board, "--ignore-not-found", "--output", "name");
        KubectlOutput secret = await _kubectl.RunAsync(_stop, "get", "secret", "--namespace", Names.Namespace, "--selector", OwnSecret, "--output", "name");
        return (own.Output + "\n" + secret.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Applies the board's identity, and makes its ConfigMap unless it is there.</summary>
    /// <param name="identity">What the board signs in with.</param>
    /// <returns>Whether the ConfigMap was made.</returns>
    public async Task<bool> ApplyAsync(BoardIdentity identity)
    {
        using BoardManifests manifests = new(_name, identity);
        await _kubectl.RunAsync(_stop, "apply", "--kustomize", manifests.All, "--selector", Names.IdentitySelector);
        KubectlOutput there = await _kubectl.RunAsync(_stop, "get", "configmap", _name, "--namespace", Names.Namespace, "--ignore-not-found", "--output", "name");
        if (there.Output.Trim().Length > 0)
        {
            return false;
        }

        // create rather than apply, whose annotation doubles what the board has to read.
        await _kubectl.RunAsync(_stop, "create", "--kustomize", manifests.All, "--selector", Names.ConfigurationSelector);
        return true;
    }

    /// <summary>Makes a token that holds for a time.</summary>
    /// <param name="duration">How long it is to hold, as kubectl takes it; the cluster may shorten that.</param>
    public async Task<BoardToken> CreateTokenAsync(string duration)
    {
        KubectlOutput made = await _kubectl.RunAsync(_stop, "create", "token", _name, "--namespace", Names.Namespace, "--duration", duration, "--output", "json");
        JsonNode? status = JsonNode.Parse(made.Output)?["status"];
        string token = status?["token"]?.GetValue<string>() ?? throw new EnrollException("the cluster made no token");
        DateTimeOffset? told = DateTimeOffset.TryParse(status["expirationTimestamp"]?.GetValue<string>(), out DateTimeOffset time) ? time : null;
        return new BoardToken(token, BoardToken.ReadExpiry(token) ?? told);
    }

    /// <summary>Makes a token that holds until it is deleted; one that was there is deleted before.</summary>
    public async Task<BoardToken> CreateLongLivedTokenAsync()
    {
        await DeleteSecretAsync();
        await _kubectl.RunAsync(SecretManifest(), _stop, "create", "--filename", "-");
        for (DateTime deadline = DateTime.UtcNow + SecretTimeout; DateTime.UtcNow < deadline; await Task.Delay(SecretPoll, _stop))
        {
            KubectlOutput secret = await _kubectl.RunAsync(_stop, "get", "secret", _name, "--namespace", Names.Namespace, "--output", "json");
            if (JsonNode.Parse(secret.Output)?["data"]?["token"]?.GetValue<string>() is { } encoded)
            {
                string token = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
                return new BoardToken(token, BoardToken.ReadExpiry(token));
            }
        }

        throw new EnrollException($"the cluster put no token into the Secret {Names.Namespace}/{_name}");
    }

    /// <summary>Deletes all of it, the Node last: with its identity the board would make it again.</summary>
    public async Task RemoveAsync()
    {
        using BoardManifests manifests = new(_name, BoardIdentity.Token);
        await DeleteSecretAsync();
        await _kubectl.RunAsync(_stop, "delete", "--kustomize", manifests.Board, "--ignore-not-found");
        await _kubectl.RunAsync(_stop, "delete", "node", "--field-selector", $"metadata.name={_name}", "--selector", Names.BoardLabel);
    }

    private string OwnSecret => $"app.kubernetes.io/name=picokubelet,app.kubernetes.io/instance={_name},app.kubernetes.io/component=identity";

    private Task DeleteSecretAsync()
    {
        return _kubectl.RunAsync(_stop, "delete", "secret", "--namespace", Names.Namespace, "--selector", OwnSecret);
    }

    private string SecretManifest()
    {
        return $$"""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata:
              name: "{{_name}}"
              namespace: {{Names.Namespace}}
              annotations:
                kubernetes.io/service-account.name: "{{_name}}"
              labels:
                app.kubernetes.io/name: picokubelet
                app.kubernetes.io/part-of: picokubelet
                app.kubernetes.io/instance: "{{_name}}"
                app.kubernetes.io/component: identity
            """;
    }
}
