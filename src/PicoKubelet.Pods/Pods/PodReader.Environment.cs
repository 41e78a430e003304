using PicoKubelet.Json;

namespace PicoKubelet.Pods;

// The environment of a container.
public sealed partial class PodReader
{
    private const string LabelPrefix = "metadata.labels['";

    private void ReadEnvironment(JsonReader json)
    {
        for (int index = 0; json.NextElement(); index++)
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            if (index == MaxVariables)
            {
                Refuse(Path + "env", "at most " + MaxVariables.ToString());
            }

            if (index >= MaxVariables)
            {
                json.Skip();
                continue;
            }

            EnvironmentVariable variable = new EnvironmentVariable { Value = "" };
            _variables.Add(variable);
            while (json.ReadName())
            {
                ReadVariableField(json, variable, index);
            }
        }
    }

    private void ReadVariableField(JsonReader json, EnvironmentVariable variable, int index)
    {
        if (json.NameIs("name"))
        {
            variable.Name = json.ReadString(MaxNameBytes);
        }
        else if (json.NameIs("value"))
        {
            variable.Value = json.ReadString(MaxValueBytes) ?? "";
            if (json.IsTruncated)
            {
                Refuse(Path + "env[" + index.ToString() + "].value", "at most " + MaxValueBytes.ToString() + " bytes");
            }
        }
        else if (json.NameIs("valueFrom") && json.BeginObjectOrSkip())
        {
            variable.Value = null;
            while (json.ReadName())
            {
                ReadSource(json, variable, index);
            }
        }
    }

    private void ReadSource(JsonReader json, EnvironmentVariable variable, int index)
    {
        if (json.NameIs("fieldRef") && json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                if (json.NameIs("fieldPath"))
                {
                    variable.FieldPath = json.ReadString(MaxNameBytes);
                }
            }

            if (!IsField(variable.FieldPath))
            {
                Refuse(Path + "env[" + index.ToString() + "].valueFrom.fieldRef.fieldPath", (variable.FieldPath ?? "null") + " " + NotSupported);
            }
        }
        else if (!IsStatic && json.NameIs("configMapKeyRef") && json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                ReadKeyRef(json, variable);
            }
        }
        else if (json.Token == JsonToken.Name)
        {
            Refuse(Path + "env[" + index.ToString() + "].valueFrom." + json.GetString(), IsStatic ? NotStatic : NotSupported);
        }
    }

    private static void ReadKeyRef(JsonReader json, EnvironmentVariable variable)
    {
        if (json.NameIs("name"))
        {
            variable.ConfigMap = json.ReadString(MaxNameBytes);
        }
        else if (json.NameIs("key"))
        {
            variable.Key = json.ReadString(MaxNameBytes);
        }
        else if (json.NameIs("optional") && json.TryReadBoolean(out bool isOptional))
        {
            variable.IsOptional = isOptional;
        }
    }

    private static bool IsField(string path)
    {
        return path switch
        {
            "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName" or "status.podIP" or "status.hostIP" => true,
            null => false,
            _ => path.StartsWith(LabelPrefix) && path.EndsWith("']"),
        };
    }

    /// <summary>Gives the variables that come from labels their values: the labels are not kept.</summary>
    private void ResolveLabels(ContainerSpec container)
    {
        for (int i = 0; i < container.Environment.Length; i++)
        {
            EnvironmentVariable variable = container.Environment[i];
            string path = variable.FieldPath;
            if (path == null || !path.StartsWith(LabelPrefix))
            {
                continue;
            }

            int index = _labels.IndexOf(path.Substring(LabelPrefix.Length, path.Length - LabelPrefix.Length - 2));
            if (index < 0 && _labels.IsFull)
            {
                Refuse("metadata.labels", "of more than " + MaxLabels.ToString() + " none can be a variable");
            }

            variable.Value = index < 0 ? "" : _labels.Value(index);
        }
    }
}
