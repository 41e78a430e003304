using System.Collections;
using PicoKubelet.Json;
using PicoKubelet.Programs;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Pods;

// The containers.
public sealed partial class PodReader
{
    private const int MaxArguments = 12;
    private const int MaxVariables = 12;

    private readonly ArrayList _command = new ArrayList();
    private readonly ArrayList _arguments = new ArrayList();
    private readonly ArrayList _variables = new ArrayList();

    private string Path => "spec.containers[" + (_containerCount - 1).ToString() + "].";

    private void ReadContainers(JsonReader json)
    {
        while (json.NextElement())
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            if (_containerCount == PodLimits.MaxContainers)
            {
                RefuseMore("spec.containers", PodLimits.MaxContainers);
                json.Skip();
                continue;
            }

            ReadContainer(json);
        }
    }

    private void ReadContainer(JsonReader json)
    {
        ContainerSpec container = new ContainerSpec { MemoryBytes = ProgramLimits.DefaultMemory };
        _containers[_containerCount++] = container;
        _command.Clear();
        _arguments.Clear();
        _variables.Clear();
        while (json.ReadName())
        {
            ReadContainerField(json, container);
        }

        if (container.IsImage && _command.Count == 0)
        {
            // As the first argument there is the program's name.
            _command.Add(ProgramNameOf(container.Image));
        }

        container.Arguments = Strings.NewArray(_command.Count + _arguments.Count);
        for (int i = 0; i < container.Arguments.Length; i++)
        {
            container.Arguments[i] = (string)(i < _command.Count ? _command[i] : _arguments[i - _command.Count]);
        }

        if (_command.Count == 0)
        {
            Refuse(Path + "command", "has to name the program, such as /app/blink.wasm");
        }

        container.Environment = new EnvironmentVariable[_variables.Count];
        for (int i = 0; i < container.Environment.Length; i++)
        {
            container.Environment[i] = (EnvironmentVariable)_variables[i];
        }
    }

    private void ReadContainerField(JsonReader json, ContainerSpec container)
    {
        if (json.NameIs("name"))
        {
            container.Name = json.ReadString(MaxLabelBytes);
        }
        else if (json.NameIs("image"))
        {
            container.Image = json.ReadString(MaxNameBytes) ?? "";
            container.IsImage = container.Image != PodLimits.Image && !container.Image.StartsWith(PodLimits.Image + ":");
            if (json.IsTruncated || !IsPlain(container.Image))
            {
                // As a message of a status each would take six bytes.
                Refuse(Path + "image", "at most " + MaxNameBytes.ToString() + " bytes, printable ASCII without quotes");
            }
        }
        else if (json.NameIs("imagePullPolicy"))
        {
            string policy = json.ReadString(MaxLabelBytes);
            container.PullPolicy = policy == "Always" ? ImagePullPolicy.Always : policy == "Never" ? ImagePullPolicy.Never : ImagePullPolicy.IfNotPresent;
        }
        else if (json.NameIs("command"))
        {
            ReadStrings(json, _command);
        }
        else if (json.NameIs("args"))
        {
            ReadStrings(json, _arguments);
        }
        else if (json.NameIs("env") && json.BeginArrayOrSkip())
        {
            ReadEnvironment(json);
        }
        else if (json.NameIs("envFrom") || json.NameIs("volumeDevices"))
        {
            RefuseElements(json, Path);
        }
        else if (json.NameIs("ports") && json.BeginArrayOrSkip())
        {
            ReadPorts(json);
        }
        else if (json.NameIs("resources") && json.BeginObjectOrSkip())
        {
            ReadResources(json, container);
        }
        else if (json.NameIs("volumeMounts") && json.BeginArrayOrSkip())
        {
            ReadMounts(json);
        }
        else if (json.NameIs("startupProbe"))
        {
            container.StartupProbe = ReadProbe(json);
        }
        else if (json.NameIs("livenessProbe"))
        {
            container.LivenessProbe = ReadProbe(json);
        }
        else if (json.NameIs("readinessProbe"))
        {
            container.ReadinessProbe = ReadProbe(json);
        }
        else if (json.NameIs("lifecycle"))
        {
            RefuseHooks(json);
        }
    }

    private static bool IsPlain(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < ' ' || text[i] >= 0x7f || text[i] == '"' || text[i] == '\\')
            {
                return false;
            }
        }

        return true;
    }

    private static string ProgramNameOf(string image)
    {
        string name = image.Substring(image.LastIndexOf('/') + 1);
        int end = name.IndexOf('@');
        name = end < 0 ? name : name.Substring(0, end);
        end = name.IndexOf(':');
        return end < 0 ? name : name.Substring(0, end);
    }

    private void ReadStrings(JsonReader json, ArrayList strings)
    {
        string name = json.GetString();
        if (!json.BeginArrayOrSkip())
        {
            return;
        }

        while (json.NextElement())
        {
            string text = json.ReadString(MaxPathBytes);
            if (!json.IsTruncated && strings.Count < MaxArguments)
            {
                strings.Add(text ?? "");
            }
            else if (RefusalReason == null)
            {
                Refuse(Path + name, "at most " + MaxArguments.ToString() + ", of " + MaxPathBytes.ToString() + " bytes");
            }
        }
    }

    private void ReadPorts(JsonReader json)
    {
        for (int index = 0; json.NextElement(); index++)
        {
            if (!json.BeginObjectOrSkip())
            {
                continue;
            }

            while (json.ReadName())
            {
                if (json.NameIs("hostPort") && json.TryReadInt64(out long port) && port != 0)
                {
                    Refuse(Path + "ports[" + index.ToString() + "].hostPort", NotSupported);
                }
            }
        }
    }

    private void ReadResources(JsonReader json, ContainerSpec container)
    {
        while (json.ReadName())
        {
            // What it asks for counts for the scheduler and where memory is low; what it may take are the limits.
            if (json.NameIs("requests") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    if (json.NameIs("memory") && Quantity.TryParseWhole(json.ReadString(MaxLabelBytes) ?? "", out long bytes))
                    {
                        container.RequestBytes = Bound(bytes, int.MaxValue / 4);
                    }
                }
            }
            else if (json.NameIs("limits") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    ReadLimit(json, container);
                }
            }
        }
    }

    private void ReadLimit(JsonReader json, ContainerSpec container)
    {
        string name = json.GetString();
        string text = json.Read() == JsonToken.Number || json.Token == JsonToken.String ? json.GetString() : null;
        if (text == null)
        {
            json.Skip();
            return;
        }

        if (name == "memory" && Quantity.TryParseWhole(text, out long bytes))
        {
            if (bytes < ProgramLimits.LeastMemory)
            {
                Refuse(Path + "resources.limits.memory", "has to be 2Ki at least");
            }

            container.MemoryBytes = Bound(bytes, int.MaxValue / 4);
        }
        else if (name == "cpu" && Quantity.TryParse(text, out long thousandths))
        {
            container.CpuThousandths = thousandths < 1 ? 1 : thousandths > 100000 ? 100000 : (int)thousandths;
        }
        else if (name.StartsWith(ExtendedResources.Prefix) && text != "0")
        {
            ReadResource(name, container);
        }
    }

    private void ReadResource(string name, ContainerSpec container)
    {
        int resource = ExtendedResources.Parse(name);
        if (resource >= 0)
        {
            container.Resources ??= new ExtendedResources();
            container.Resources.Add(resource);
        }
        else
        {
            Refuse(Path + "resources.limits", name + " is no pin, analog channel or I2C address");
        }
    }
}
