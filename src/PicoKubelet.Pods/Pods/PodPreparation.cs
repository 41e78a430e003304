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
    private readonly ConfigMapKeyReader _reader;
    private readonly string _nodeName;

    public PodPreparation(ApiClient client, PodLimits limits, string nodeName)
    {
        _client = client;
        _reader = new ConfigMapKeyReader(limits.MaxProgramBytes);
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

        if (!Fetch(pod, container.ProgramConfigMap, container.ProgramKey, true, false))
        {
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
        return Fetch(pod, variable.ConfigMap, variable.Key, false, variable.IsOptional) ? _reader.Value : null;
    }

    /// <returns>Whether the key's value is there.</returns>
    private bool Fetch(PodSpec pod, string configMap, string key, bool isProgram, bool isOptional)
    {
        _reader.Begin(key, isProgram);
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
