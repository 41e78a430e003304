using System;
using PicoKubelet.Hardware;
using PicoKubelet.Images;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

/// <summary>
/// Reads the static pods: manifests in the board's storage, as a kubelet's are in a folder. They run from the start on, whatever the API server
/// says, or whether there is one. One that is wrong is told of, and keeps none of the others from running.
/// </summary>
internal static class StaticPods
{
    /// <summary>The bytes of a name, a text or a number that a manifest may have.</summary>
    public const int JsonTokenBytes = 512;

    /// <summary>The bytes of a manifest that are read at a time.</summary>
    public const int JsonBlockBytes = 128;

    private const string Prefix = "static-";
    private const string Suffix = ".json";

    // As people write it; what the API server gets of it has a bound of its own.
    private const int MaxBytes = 8192;

    // More than that of an Event's message does nobody read.
    private const int MaxProblemLength = 512;

    // As many as an MD5, which the kubelet takes for it.
    private const int HashBytes = 16;

    /// <summary>Reads them all, and has them run. Before the loops begin, and before pods that the API server gave are taken.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="keeper">Has what is kept of those that ran before.</param>
    /// <param name="storage">The board's storage.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="log">The log.</param>
    /// <returns>What is wrong with those that do not run, or null.</returns>
    public static string Load(PodTable pods, PodKeeper keeper, IStorage storage, string nodeName, Logger log)
    {
        string problems = null;
        PodReader reader = null;
        string[] names = storage.GetNames();
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (!name.StartsWith(Prefix) || name.EndsWith(AtomicStorage.NewSuffix))
            {
                continue;
            }

            reader ??= new PodReader(pods);
            string problem = name.EndsWith(Suffix) ? Load(pods, keeper, storage, nodeName, name, reader) : "has to be JSON, and to end in " + Suffix;
            if (problem != null)
            {
                log.Warn("static pod refused", "file", name, "error", problem);
                problem = name + ": " + problem;
                problems = problems == null ? problem : problems.Length > MaxProblemLength ? problems : problems + "; " + problem;
            }
        }

        return problems;
    }

    /// <returns>What is wrong with it, or null.</returns>
    private static string Load(PodTable pods, PodKeeper keeper, IStorage storage, string nodeName, string file, PodReader reader)
    {
        PodSpec spec;
        string problem = Read(storage, nodeName, file, reader, out spec);
        if (problem != null)
        {
            return problem;
        }

        Pod kept = keeper.Restore(spec.Uid, reader);
        if (kept == null)
        {
            return pods.Add(spec, reader.History);
        }

        kept.Spec.StaticFile = file;
        return null;
    }

    private static string Read(IStorage storage, string nodeName, string file, PodReader reader, out PodSpec spec)
    {
        IStoredFile stored = null;
        spec = null;
        reader.IsStatic = true;
        try
        {
            stored = storage.OpenRead(file);
            DigestingSource source = new DigestingSource(stored, MaxBytes);
            JsonReader json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
            json.Reset(source);
            reader.Read(json);
            json.ReadToEnd();
            spec = reader.TakeSpec();
            if (spec == null)
            {
                return reader.RefusalMessage;
            }

            spec.StaticFile = file;
            spec.Namespace = spec.Namespace.Length == 0 ? "default" : spec.Namespace;

            // As the kubelet names them, and with a uid made of what it makes it of.
            spec.Name = spec.Name + "-" + nodeName;
            spec.Uid = Hex.ToText(Sha256.Of(Hex.ToText(source.End()) + "host:" + nodeName + "file:" + file)).Substring(0, HashBytes * 2);
            return null;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            return e.Message;
        }
        finally
        {
            reader.IsStatic = false;
            stored?.Close();
        }
    }
}
