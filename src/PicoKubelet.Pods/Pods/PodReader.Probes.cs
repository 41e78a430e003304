using PicoKubelet.Json;
using PicoKubelet.Probes;

namespace PicoKubelet.Pods;

// The probes of a container, and its hooks, which there are none of.
public sealed partial class PodReader
{
    private ProbeSpec ReadProbe(JsonReader json)
    {
        string name = json.GetString();
        if (!json.BeginObjectOrSkip())
        {
            return null;
        }

        ProbeSpec probe = new ProbeSpec();
        while (json.ReadName())
        {
            if (json.NameIs("exec") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    ReadCommand(json, probe);
                }
            }
            else if (json.NameIs("httpGet") || json.NameIs("tcpSocket") || json.NameIs("grpc"))
            {
                Refuse(Path + name + "." + json.GetString(), NotSupported);
            }
            else
            {
                ReadProbeField(json, probe);
            }
        }

        if (probe.Function == null)
        {
            Refuse(Path + name + ".exec.command", "has to name one function that the program exports");
        }

        return probe;
    }

    private static void ReadCommand(JsonReader json, ProbeSpec probe)
    {
        if (json.NameIs("command") && json.BeginArrayOrSkip())
        {
            for (int count = 0; json.NextElement(); count++)
            {
                string word = json.ReadString(MaxLabelBytes);
                probe.Function = count == 0 && !json.IsTruncated ? word : null;
            }
        }
    }

    private static void ReadProbeField(JsonReader json, ProbeSpec probe)
    {
        if (json.NameIs("initialDelaySeconds") && json.TryReadInt64(out long delay))
        {
            probe.InitialDelaySeconds = Bound(delay);
        }
        else if (json.NameIs("periodSeconds") && json.TryReadInt64(out long period))
        {
            probe.PeriodSeconds = AtLeastOne(period);
        }
        else if (json.NameIs("timeoutSeconds") && json.TryReadInt64(out long timeout))
        {
            probe.TimeoutSeconds = AtLeastOne(timeout);
        }
        else if (json.NameIs("successThreshold") && json.TryReadInt64(out long successes))
        {
            probe.SuccessThreshold = AtLeastOne(successes);
        }
        else if (json.NameIs("failureThreshold") && json.TryReadInt64(out long failures))
        {
            probe.FailureThreshold = AtLeastOne(failures);
        }
        else if (json.NameIs("terminationGracePeriodSeconds") && json.TryReadInt64(out long grace))
        {
            probe.GraceSeconds = Bound(grace);
        }
    }

    private static int AtLeastOne(long number)
    {
        return number < 1 ? 1 : Bound(number);
    }

    private void RefuseHooks(JsonReader json)
    {
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("preStop") || json.NameIs("postStart"))
            {
                Refuse(Path + "lifecycle." + json.GetString(), NotSupported);
            }
        }
    }
}
