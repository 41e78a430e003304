using PicoKubelet.Http.Server;
using PicoKubelet.Json;

namespace PicoKubelet.Kubelet.Commands;

/// <summary>Reads a command: <c>{"command":"blink_led","params":{"times":5,"delay_ms":100}}</c>. An error names the field.</summary>
internal static class CommandReader
{
    /// <exception cref="RequestException">The document is no command.</exception>
    public static Command Read(JsonReader json)
    {
        Command command = new Command();
        try
        {
            if (!json.BeginObjectOrSkip())
            {
                throw Bad("body: must be a JSON object");
            }

            while (json.ReadName())
            {
                if (json.NameIs("command"))
                {
                    command.Name = ReadName(json);
                }
                else if (json.NameIs("params"))
                {
                    ReadParameters(json, command);
                }
                else
                {
                    throw Bad(json.GetString() + ": is not known");
                }
            }

            json.ReadToEnd();
        }
        catch (JsonException e)
        {
            throw Bad("body: not JSON: " + e.Message);
        }

        Check(command);
        return command;
    }

    private static string ReadName(JsonReader json)
    {
        json.Read();
        if (json.ValueIs(Command.BlinkLed))
        {
            return Command.BlinkLed;
        }

        if (json.ValueIs(Command.SetPin))
        {
            return Command.SetPin;
        }

        if (json.ValueIs(Command.Reboot))
        {
            return Command.Reboot;
        }

        if (json.ValueIs(Command.ReloadConfig))
        {
            return Command.ReloadConfig;
        }

        throw Bad("command: must be blink_led, set_pin, reboot or reload_config");
    }

    private static void ReadParameters(JsonReader json, Command command)
    {
        if (!json.BeginObjectOrSkip())
        {
            throw Bad("params: must be an object");
        }

        while (json.ReadName())
        {
            if (json.NameIs("times"))
            {
                command.BlinkParameter = "params.times";
                command.Times = ReadNumber(json, "params.times", 1, Command.MaxTimes);
            }
            else if (json.NameIs("delay_ms"))
            {
                command.BlinkParameter = "params.delay_ms";
                command.DelayMilliseconds = ReadNumber(json, "params.delay_ms", Command.MinDelay, Command.MaxDelay);
            }
            else if (json.NameIs("pin"))
            {
                command.PinParameter = "params.pin";
                command.Pin = ReadNumber(json, "params.pin", 0, Outputs.BoardPins.Count - 1);
            }
            else if (json.NameIs("level"))
            {
                command.PinParameter = "params.level";
                command.HasLevel = true;
                command.IsHigh = ReadLevel(json);
            }
            else
            {
                throw Bad("params." + json.GetString() + ": is not known");
            }
        }
    }

    private static int ReadNumber(JsonReader json, string field, int from, int to)
    {
        if (!json.TryReadInt64(out long number) || number < from || number > to)
        {
            throw Bad(field + ": must be a whole number from " + from.ToString() + " to " + to.ToString());
        }

        return (int)number;
    }

    private static bool ReadLevel(JsonReader json)
    {
        json.Read();
        bool isHigh = json.ValueIs("high") || json.ValueIs("1");
        if (!isHigh && !json.ValueIs("low") && !json.ValueIs("0"))
        {
            throw Bad("params.level: must be high, low, 1 or 0");
        }

        return isHigh;
    }

    private static void Check(Command command)
    {
        if (command.Name == null)
        {
            throw Bad("command: is missing");
        }

        string stray = command.Name == Command.BlinkLed ? command.PinParameter
            : command.Name == Command.SetPin ? command.BlinkParameter
            : command.BlinkParameter ?? command.PinParameter;
        if (stray != null)
        {
            throw Bad(stray + ": is not a parameter of " + command.Name);
        }

        if (command.Name != Command.SetPin)
        {
            return;
        }

        if (command.Pin < 0)
        {
            throw Bad("params.pin: is missing");
        }

        if (!command.HasLevel)
        {
            throw Bad("params.level: is missing");
        }
    }

    private static RequestException Bad(string message)
    {
        return new RequestException(HttpStatus.BadRequest, message);
    }
}
