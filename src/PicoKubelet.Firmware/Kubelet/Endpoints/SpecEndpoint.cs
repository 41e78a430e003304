using PicoKubelet.Http.Server;
using PicoKubelet.Json;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>What the machine is: the fields of cAdvisor's MachineInfo that a microcontroller has.</summary>
internal sealed class SpecEndpoint : IEndpoint
{
    private readonly NodeContext _context;

    public SpecEndpoint(NodeContext context)
    {
        _context = context;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        // The profile's memory is a quantity in Ki.
        string memory = _context.Profile.Memory;
        long bytes = long.Parse(memory.Substring(0, memory.Length - 2)) * 1024;
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.Property("num_cores", long.Parse(_context.Profile.Cpu));
        json.Property("cpu_frequency_khz", _context.Profile.CpuKilohertz);
        json.Property("memory_capacity", bytes);
        json.Property("machine_id", _context.Node.MachineId);
        json.Property("system_uuid", _context.Node.SystemUuid);
        json.Property("boot_id", _context.Node.BootId);
        json.EndObject();
        answer.End();
    }
}
