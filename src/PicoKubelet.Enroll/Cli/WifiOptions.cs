namespace PicoKubelet.Enroll.Cli;

/// <summary>What the command line says of the Wi-Fi beyond the first network; null is nothing.</summary>
/// <param name="Address">The board's static address.</param>
/// <param name="Netmask">The mask of its subnet.</param>
/// <param name="Gateway">The router's address.</param>
/// <param name="Dns">The DNS server's address.</param>
/// <param name="SecondSsid">The second network's name.</param>
/// <param name="SecondPasswordFile">The file with the second network's password, - for the standard input, or null to ask for it.</param>
internal sealed record WifiOptions(string? Address, string? Netmask, string? Gateway, string? Dns, string? SecondSsid, string? SecondPasswordFile);
