using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>What the machine is: the fields of cAdvisor's MachineInfo that a microcontroller has.</summary>
internal sealed class SpecEndpoint : IEndpoint
{
    private readonly BoardProfile _profile;
    private readonly NodeDescription _node;

    public SpecEndpoint(BoardProfile profile, NodeDescription node)
    {
        _profile = profile;
        _node = node;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        // The profile's memory is a quantity in Ki.
        string memory = _profile.Memory;
        long bytes = long.Parse(memory.Substring(0, memory.Length - 2)) * 1024;
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.Property("num_cores", long.Parse(_profile.Cpu));
        json.Property("cpu_frequency_khz", _profile.CpuKilohertz);
        json.Property("memory_capacity", bytes);
        json.Property("machine_id", _node.MachineId);
        json.Property("system_uuid", _node.SystemUuid);
        json.Property("boot_id", _node.BootId);
        json.EndObject();
        answer.End();
    }
}
