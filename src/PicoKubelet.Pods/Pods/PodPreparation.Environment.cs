using System.Collections;
using PicoKubelet.Api;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

// The environment and the arguments of a container.
internal sealed partial class PodPreparation
{
    /// <returns>Whether environment and arguments are there.</returns>
    private bool ReadEnvironment(PodSpec pod, ContainerSpec container, string address)
    {
        ArrayList variables = new ArrayList();
        for (int i = 0; i < container.Environment.Length; i++)
        {
            EnvironmentVariable variable = container.Environment[i];
            string value = variable.ConfigMap != null ? ReadVariable(pod, variable)
                : variable.FieldPath == null && variable.Value != null ? Expand(variable.Value, variables, PodReader.MaxValueBytes, variable.Name)
                : variable.Value ?? FieldOf(pod, variable.FieldPath, address);
            if (value != null)
            {
                variables.Add(variable.Name + "=" + value);
            }
            else if (IsOffline || Problem != null || !(Result.IsOk || Result.Outcome == ApiOutcome.NotFound))
            {
                return false;
            }
        }

        Environment = Strings.NewArray(variables.Count);
        for (int i = 0; i < Environment.Length; i++)
        {
            Environment[i] = (string)variables[i];
        }

        return ExpandArguments(container.Arguments, variables);
    }

    private string Expand(string text, ArrayList variables, int most, string name)
    {
        string expanded = VariableExpansion.Expand(text, variables, most);
        if (expanded == null)
        {
            Problem = (name ?? "an argument") + " is longer than " + most.ToString() + " bytes once its variables are in it";
        }

        return expanded;
    }

    /// <returns>Whether none is too long.</returns>
    private bool ExpandArguments(string[] arguments, ArrayList variables)
    {
        Arguments = arguments;
        for (int i = 0; i < arguments.Length; i++)
        {
            string expanded = Expand(arguments[i], variables, PodReader.MaxPathBytes, null);
            if (expanded == null)
            {
                return false;
            }

            if (expanded != arguments[i])
            {
                // The pod's own stay what they are: the variables may be others the next time.
                Arguments = Arguments == arguments ? Copy(arguments) : Arguments;
                Arguments[i] = expanded;
            }
        }

        return true;
    }

    private static string[] Copy(string[] arguments)
    {
        string[] copy = Strings.NewArray(arguments.Length);
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = arguments[i];
        }

        return copy;
    }

    private string FieldOf(PodSpec pod, string path, string address)
    {
        return path switch
        {
            "metadata.name" => pod.Name,
            "metadata.namespace" => pod.Namespace,
            "metadata.uid" => pod.Uid,
            "spec.nodeName" => _nodeName,
            _ => address ?? (IsOffline ? null : ""),
        };
    }

    private string ReadVariable(PodSpec pod, EnvironmentVariable variable)
    {
        return Fetch(pod, variable.ConfigMap, variable.Key, 0, variable.IsOptional) ? _reader.Value : null;
    }
}
