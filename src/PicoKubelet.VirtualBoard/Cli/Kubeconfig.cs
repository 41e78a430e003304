using System.Text;
using PicoKubelet.VirtualBoard.Clusters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>Reads what a board can use of a kubeconfig file.</summary>
internal sealed class Kubeconfig
{
    private const string Option = "--kubeconfig";
    private const string GiveToken = "a board signs in with one of both: make a token with 'kubectl create token SERVICEACCOUNT -n NAMESPACE' and give it with --token or --token-file";

    private readonly string _folder;
    private readonly YamlMappingNode _root;

    private Kubeconfig(string folder, YamlMappingNode root)
    {
        _folder = folder;
        _root = root;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">It can not be read, or is no kubeconfig.</exception>
    public static Kubeconfig Load(string path)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(File.ReadAllText(path)));
        }
        catch (YamlException exception)
        {
            throw new CommandException(Option, $"{path} is not YAML: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(Option, $"can not read {path}: {exception.Message}");
        }

        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new CommandException(Option, $"{path} is not a kubeconfig");
        }

        return new Kubeconfig(Path.GetDirectoryName(Path.GetFullPath(path))!, root);
    }

    /// <summary>Finds a context's cluster and token.</summary>
    /// <param name="contextName">The context, or null for the current one.</param>
    /// <param name="token">The token to use in place of the file's, or null.</param>
    /// <exception cref="CommandException">Something is missing, or is nothing that a board can use.</exception>
    public ClusterAddress Read(string? contextName, string? token)
    {
        contextName ??= Text(_root, "current-context") ?? throw new CommandException(Option, "has no current-context: choose one with --context");
        YamlMappingNode context = Find("contexts", contextName, "context", "--context");
        string clusterName = Text(context, "cluster") ?? throw new CommandException(Option, $"context '{contextName}' has no cluster");
        YamlMappingNode cluster = Find("clusters", clusterName, "cluster", Option);
        string server = Text(cluster, "server") ?? throw new CommandException(Option, $"cluster '{clusterName}' has no server");
        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? uri))
        {
            throw new CommandException(Option, $"cluster '{clusterName}': server must be a URL");
        }

        if (Text(cluster, "insecure-skip-tls-verify") == "true")
        {
            throw new CommandException(Option, $"cluster '{clusterName}' has insecure-skip-tls-verify: a board checks the server's certificate; give its CA as certificate-authority");
        }

        var address = new ClusterAddress(uri, token, ReadCa(cluster));
        return token is null ? SignIn(address, Text(context, "user")) : address;
    }

    private static string? Text(YamlMappingNode node, string key)
    {
        return node.Children.TryGetValue(key, out YamlNode? value) && value is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;
    }

    private static string Decode(string base64, string field)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw new CommandException(Option, $"{field} must be base64");
        }
    }

    private YamlMappingNode Find(string list, string name, string kind, string option)
    {
        var entries = _root.Children.TryGetValue(list, out YamlNode? node) && node is YamlSequenceNode sequence
            ? sequence.Children.OfType<YamlMappingNode>().ToList()
            : [];
        YamlMappingNode? entry = entries.Find(candidate => Text(candidate, "name") == name);
        if (entry is not null && entry.Children.TryGetValue(kind, out YamlNode? value) && value is YamlMappingNode found)
        {
            return found;
        }

        string known = string.Join(", ", entries.Select(candidate => Text(candidate, "name")));
        throw new CommandException(option, $"the kubeconfig has no {kind} '{name}'; it has: {(known.Length == 0 ? "none" : known)}");
    }

    private string? ReadCa(YamlMappingNode cluster)
    {
        return ReadPem(cluster, "certificate-authority");
    }

    /// <summary>Reads what is in the file itself or in another one.</summary>
    private string? ReadPem(YamlMappingNode node, string key)
    {
        string? data = Text(node, key + "-data");
        string? file = Text(node, key);
        return data is not null ? Decode(data, key + "-data") : file is null ? null : ReadFile(file);
    }

    private ClusterAddress SignIn(ClusterAddress address, string? userName)
    {
        if (userName is null)
        {
            throw new CommandException(Option, "the context has no user; " + GiveToken);
        }

        YamlMappingNode user = Find("users", userName, "user", Option);
        string? certificate = ReadPem(user, "client-certificate");
        string? key = ReadPem(user, "client-key");
        if (certificate is not null && key is not null)
        {
            // As kubectl does, before a token.
            return address with { ClientCertificate = certificate, ClientKey = key };
        }

        string? token = Text(user, "token") ?? (Text(user, "tokenFile") is { } file ? ReadFile(file).Trim() : null);
        string lacks = certificate is not null ? "a client certificate without its key" : key is not null ? "the key of a client certificate without it" : "no token and no client certificate";
        return token is not null ? address with { Token = token } : throw new CommandException(Option, $"user '{userName}' has {lacks}; {GiveToken}");
    }

    // As kubectl does: paths are relative to the kubeconfig.
    private string ReadFile(string path)
    {
        string full = Path.Combine(_folder, path);
        try
        {
            return File.ReadAllText(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(Option, $"can not read {full}: {exception.Message}");
        }
    }
}
