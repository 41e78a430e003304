using System.Collections;
using PicoKubelet.Api;
using PicoKubelet.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

/// <summary>Gets what containers need before they run: their programs, and variables that lie in ConfigMaps. One request at a time.</summary>
internal sealed class PodPreparation
{
    /// <summary>The reason of a container whose ConfigMaps do not hold what it needs, as the kubelet's.</summary>
    public const string ConfigError = "CreateContainerConfigError";

    private readonly ApiClient _client;
    private readonly PodTable _pods;
    private readonly ConfigMapKeyReader _reader = new ConfigMapKeyReader();
    private readonly string _nodeName;

    public PodPreparation(ApiClient client, PodTable pods, string nodeName)
    {
        _client = client;
        _pods = pods;
        _nodeName = nodeName;
    }

    /// <summary>Gets what is wrong with the container's ConfigMaps, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>Gets what became of the last request.</summary>
    public ApiResult Result { get; private set; }

    /// <summary>Gets the program.</summary>
    public LoadedProgram Program { get; private set; }

    /// <summary>Gets the environment.</summary>
    public string[] Environment { get; private set; }

    /// <summary>Reads what a container needs.</summary>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="address">The node's address.</param>
    /// <returns>Whether all is there.</returns>
    public bool Run(PodSpec pod, ContainerSpec container, string address)
    {
        Problem = null;
        ArrayList variables = new ArrayList();
        for (int i = 0; i < container.Environment.Length; i++)
        {
            EnvironmentVariable variable = container.Environment[i];
            string value = variable.ConfigMap == null ? variable.Value ?? FieldOf(pod, variable.FieldPath, address) : ReadVariable(pod, variable);
            if (value != null)
            {
                variables.Add(variable.Name + "=" + value);
            }
            else if (Problem != null || !(Result.IsOk || Result.Outcome == ApiOutcome.NotFound))
            {
                return false;
            }
        }

        // Its bytes, and then what is made of them.
        long room = (_pods.Context.GetRoom() - container.MemoryBytes) / (LoadedProgram.LoadFactor + 1);
        int most = room < 1 ? 1 : room < _pods.Limits.MaxProgramBytes ? (int)room : _pods.Limits.MaxProgramBytes;
        if (!Fetch(pod, container.ProgramConfigMap, container.ProgramKey, most, false))
        {
            Problem = _reader.IsTooLarge && most < _pods.Limits.MaxProgramBytes ? "the board's heap has no room for the program now" : Problem;
            return false;
        }

        Program = new LoadedProgram(_reader.Program, container.MemoryBytes);
        _reader.Clear();
        Environment = Strings.NewArray(variables.Count);
        for (int i = 0; i < Environment.Length; i++)
        {
            Environment[i] = (string)variables[i];
        }

        return true;
    }

    /// <summary>Forgets what was read: it belongs to its container now.</summary>
    public void Clear()
    {
        Program = null;
        Environment = null;
    }

    private string FieldOf(PodSpec pod, string path, string address)
    {
        return path switch
        {
            "metadata.name" => pod.Name,
            "metadata.namespace" => pod.Namespace,
            "metadata.uid" => pod.Uid,
            "spec.nodeName" => _nodeName,
            _ => address ?? "",
        };
    }

    private string ReadVariable(PodSpec pod, EnvironmentVariable variable)
    {
        return Fetch(pod, variable.ConfigMap, variable.Key, 0, variable.IsOptional) ? _reader.Value : null;
    }

    /// <returns>Whether the key's value is there.</returns>
    private bool Fetch(PodSpec pod, string configMap, string key, int maxProgramBytes, bool isOptional)
    {
        _reader.Begin(key, maxProgramBytes);
        Result = _client.Get("/api/v1/namespaces/" + pod.Namespace + "/configmaps/" + configMap, ReplyForm.Whole, _reader);
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
