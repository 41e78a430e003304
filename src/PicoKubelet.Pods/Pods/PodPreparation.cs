using PicoKubelet.Api;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

/// <summary>Gets what containers need before they run: their programs, and variables that lie in ConfigMaps. One request at a time.</summary>
internal sealed partial class PodPreparation
{
    /// <summary>The reason of a container whose ConfigMaps do not hold what it needs, as the kubelet's.</summary>
    public const string ConfigError = "CreateContainerConfigError";

    private readonly ApiClient _client;
    private readonly PodTable _pods;
    private readonly string _nodeName;
    private ConfigMapKeyReader _reader;

    public PodPreparation(ApiClient client, PodTable pods, string nodeName)
    {
        _client = client;
        _pods = pods;
        _nodeName = nodeName;
    }

    /// <summary>Gets what is wrong with what the container needs, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>Gets the reason that goes with it.</summary>
    public string Reason { get; private set; }

    /// <summary>Gets or sets whether there is no network: what it takes is not to be fetched.</summary>
    public bool IsOffline { get; set; }

    /// <summary>Gets what became of the last request.</summary>
    public ApiResult Result { get; private set; }

    /// <summary>Gets the program.</summary>
    public LoadedProgram Program { get; private set; }

    /// <summary>Gets whether the program was in the board's storage.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Gets command and arguments.</summary>
    public string[] Arguments { get; private set; }

    /// <summary>Gets the environment.</summary>
    public string[] Environment { get; private set; }

    /// <summary>Fetches what a container needs, or a part of it.</summary>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="address">The node's address.</param>
    /// <returns>Whether all is there. Where not, and not <see cref="IsPulling"/>, something failed.</returns>
    public bool Run(PodSpec pod, Container container, string address)
    {
        ContainerSpec spec = container.Spec;
        Problem = null;
        Reason = ConfigError;
        IsStored = false;
        IsPulling = false;
        HasBegun = false;
        ImageId = null;
        if (spec.IsImage && IsPullingFor(container))
        {
            return false;
        }

        _reader = new ConfigMapKeyReader();
        if (_pull != null && _pullFor == container)
        {
            Environment = _pullEnvironment;
            Arguments = _pullArguments;
        }
        else if (!ReadEnvironment(pod, spec, address))
        {
            return false;
        }

        // Its bytes, and then what is made of them.
        long room = (_pods.Context.GetRoom() - spec.MemoryBytes) / (LoadedProgram.LoadFactor + 1);
        int most = room < 1 ? 1 : room < _pods.Limits.MaxProgramBytes ? (int)room : _pods.Limits.MaxProgramBytes;
        StoredProgram program = spec.IsImage ? Pull(container, most) : spec.ProgramFile != null ? Open(spec.ProgramFile, most) : Find(pod, spec, most) ?? Read(pod, spec, most);
        _reader = null;
        if (program != null && !ReadMounts(pod, spec, program.Bytes))
        {
            program = null;
        }

        Program = program == null ? null : new LoadedProgram(program.Bytes, spec.MemoryBytes) { Digest = program.Digest };
        return program != null;
    }

    /// <summary>Forgets what was read: it belongs to its container now.</summary>
    public void Clear()
    {
        Program = null;
        Arguments = null;
        Environment = null;
    }

    /// <summary>Reads a program that lies in the board's storage as a file.</summary>
    private StoredProgram Open(string file, int most)
    {
        StoredProgram program = _pods.Programs?.Open(file, most);
        IsStored = program != null;
        Problem = program == null ? "the board's storage has no file " + file + " of at most " + most.ToString() + " bytes" : null;
        return program;
    }

    /// <summary>Looks whether the board's storage has the program, as the ConfigMap has it now: for that its metadata is enough.</summary>
    private StoredProgram Find(PodSpec pod, ContainerSpec container, int most)
    {
        string name = NameOf(pod, container);
        if (_pods.Programs == null || !_pods.Programs.Has(name))
        {
            return null;
        }

        // Whatever fails here, fails again where the whole is read, and is told there.
        ObjectVersion version = _reader.Version;
        Result = _client.Get(ConfigMapKeyReader.PathOf(pod.Namespace, container.ProgramConfigMap), ReplyForm.Version, version);
        StoredProgram program = Result.IsOk && version.Uid != null ? _pods.Programs.Find(name, VersionOf(version), most) : null;
        IsStored = program != null;
        return program;
    }

    /// <summary>Reads the program from its ConfigMap, and keeps it.</summary>
    private StoredProgram Read(PodSpec pod, ContainerSpec container, int most)
    {
        if (!Fetch(pod, container.ProgramConfigMap, container.ProgramKey, most, false))
        {
            Problem = _reader.IsTooLarge && most < _pods.Limits.MaxProgramBytes ? "the board's heap has no room for the program now" : Problem;
            return null;
        }

        ProgramStore store = _pods.Programs;
        StoredProgram program = new StoredProgram(_reader.Program, store == null ? null : _reader.Program.MakeDigest());
        if (store != null && _reader.Version.Uid != null)
        {
            store.Keep(NameOf(pod, container), VersionOf(_reader.Version), program);
        }

        return program;
    }

    /// <summary>Reads the files of the ConfigMaps that the container mounts, where its program opens any.</summary>
    private bool ReadMounts(PodSpec pod, ContainerSpec container, ProgramBytes program)
    {
        container.NoteProgram(program);
        MountedConfigMap[] mounts = container.Mounts;
        for (int i = 0; mounts != null && i < mounts.Length; i++)
        {
            if (mounts[i].Files == null)
            {
                Problem = MountReader.Fetch(_client, _pods.Context, pod.Namespace, mounts, i, out ApiResult result);
                Result = result;
                if (mounts[i].Files == null)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static string NameOf(PodSpec pod, ContainerSpec container)
    {
        return "configmap/" + pod.Namespace + "/" + container.ProgramConfigMap + "/" + container.ProgramKey;
    }

    private static string VersionOf(ObjectVersion version) => version.Uid + "/" + version.ResourceVersion;

    /// <returns>Whether the key's value is there.</returns>
    private bool Fetch(PodSpec pod, string configMap, string key, int maxProgramBytes, bool isOptional)
    {
        _reader.Begin(key, maxProgramBytes);
        Result = _client.Get(ConfigMapKeyReader.PathOf(pod.Namespace, configMap), ReplyForm.Whole, _reader);
        if (Result.IsOk)
        {
            if (_reader.Problem != null)
            {
                Problem = "key " + key + " in ConfigMap " + pod.Namespace + "/" + configMap + " " + _reader.Problem;
                return false;
            }

            bool isThere = _reader.Program != null || _reader.Value != null;
            if (!isThere && !isOptional)
            {
                // The kubelet's words, and below too.
                Problem = "couldn't find key " + key + " in ConfigMap " + pod.Namespace + "/" + configMap;
            }

            return isThere;
        }

        if (Result.Outcome == ApiOutcome.NotFound)
        {
            Problem = isOptional ? null : "configmap \"" + configMap + "\" not found";
        }

        return false;
    }
}
