using PicoKubelet.Http;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Outputs;

namespace PicoKubelet.Kubelet.Commands;

/// <summary>Takes a command and answers once it has begun; how it ended is on /pico/status.</summary>
internal sealed class CommandEndpoint : IEndpoint
{
    private const int JsonBlockBytes = 64;

    // The longest name or value that a command has, with room to name an unknown one in the error.
    private const int JsonTokenBytes = 64;

    private readonly BoardOutputs _outputs;
    private readonly CommandRunner _commands;

    public CommandEndpoint(BoardOutputs outputs, CommandRunner commands)
    {
        _outputs = outputs;
        _commands = commands;
    }

    public string Methods => Method.Post;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        JsonReader reader = new JsonReader(JsonBlockBytes, JsonTokenBytes);
        reader.Reset(request.Body);
        Command command = CommandReader.Read(reader);
        CheckHardware(command);
        if (!_commands.TryStart(command))
        {
            throw new RequestException(HttpStatus.Conflict, "another command is running");
        }

        answer.Begin(HttpStatus.Accepted, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.Property("command", command.Name);
        json.Property("state", "running");
        json.EndObject();
        answer.End();
    }

    private void CheckHardware(Command command)
    {
        if (command.Name == Command.BlinkLed && !_outputs.Led.IsPresent)
        {
            throw new RequestException(HttpStatus.NotImplemented, "this board has no LED that a pin switches");
        }

        if (command.Name == Command.SetPin && !_outputs.Pins.IsFree(command.Pin))
        {
            throw new RequestException(HttpStatus.BadRequest, "params.pin: is not free on this board");
        }

        if (command.Name == Command.SetPin && _outputs.Pins.IsClaimed(command.Pin))
        {
            throw new RequestException(HttpStatus.Conflict, "params.pin: is in use");
        }
    }
}
