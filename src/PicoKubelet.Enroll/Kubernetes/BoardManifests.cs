using System.Reflection;
using PicoKubelet.Enroll.Cli;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>
/// The manifests of a board, as a kustomization in a folder of its own: deploy/cluster/board or node-identity with the board's name.
/// Whatever the latter names, the former names too.
/// </summary>
internal sealed class BoardManifests : IDisposable
{
    private const string BoardFolder = "this-board";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picokubelet-enroll-");

    /// <summary>Writes the manifests.</summary>
    /// <param name="name">The board's name.</param>
    /// <param name="identity">What it signs in with.</param>
    public BoardManifests(string name, BoardIdentity identity)
    {
        Assembly assembly = typeof(BoardManifests).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            using Stream content = assembly.GetManifestResourceStream(resource)!;
            using StreamReader reader = new(content);
            Write(resource, reader.ReadToEnd());
        }

        Write("kustomization.yaml", $"resources: [namespace.yaml, {BoardFolder}]\n");
        Write($"{BoardFolder}/kustomization.yaml", $"resources: [configmap.yaml]\ncomponents: [../{(identity == BoardIdentity.Node ? "node-identity" : "board")}]\n");
        Write($"{BoardFolder}/configmap.yaml", $$"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: "{{name}}"
              namespace: {{Names.Namespace}}
              labels:
                app.kubernetes.io/component: configuration
            """);
    }

    /// <summary>Gets the kustomization of the namespace and the board.</summary>
    public string All => _folder.FullName;

    /// <summary>Gets the kustomization of the board alone.</summary>
    public string Board => Path.Combine(_folder.FullName, BoardFolder);

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    private void Write(string path, string content)
    {
        string file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
