using System.CommandLine;

namespace PicoKubelet.Enroll.Cli;

/// <summary>The command line's options for the part of the settings that is about Wi-Fi. What they must be is the firmware's to say.</summary>
internal sealed class WifiCommandOptions
{
    private readonly Option<string> _address = Text(
        "--wifi-address", "ADDRESS", "A static IPv4 address for the board in place of DHCP's, with --wifi-netmask, --wifi-gateway and --wifi-dns; not for a Pico.");
    private readonly Option<string> _netmask = Text("--wifi-netmask", "MASK", "The mask of its subnet, such as 255.255.255.0.");
    private readonly Option<string> _gateway = Text("--wifi-gateway", "ADDRESS", "The router's address.");
    private readonly Option<string> _dns = Text("--wifi-dns", "ADDRESS", "The DNS server's address.");
    private readonly Option<string> _secondSsid = Text("--wifi-second-ssid", "NAME", "The name of a second Wi-Fi, for when the first can not be joined. Its password is asked for.");
    private readonly Option<string> _secondPasswordFile = Text(
        "--wifi-second-password-file", "FILE", "A file with the second Wi-Fi's password, or - for the standard input. Empty is an open network.");

    /// <summary>Gets all of them.</summary>
    public Option[] All => [_address, _netmask, _gateway, _dns, _secondSsid, _secondPasswordFile];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="EnrollException">A password has no network.</exception>
    public WifiOptions Read(ParseResult result)
    {
        string? ssid = result.GetValue(_secondSsid);
        string? file = result.GetValue(_secondPasswordFile);
        return ssid is not null || file is null
            ? new WifiOptions(result.GetValue(_address), result.GetValue(_netmask), result.GetValue(_gateway), result.GetValue(_dns), ssid, file)
            : throw new EnrollException($"{_secondPasswordFile.Name} needs {_secondSsid.Name}");
    }

    private static Option<string> Text(string name, string helpName, string description)
    {
        return new Option<string>(name) { HelpName = helpName, Description = description };
    }
}
