namespace PicoKubelet.VirtualBoard;

/// <summary>What this program calls itself.</summary>
internal static class ProductVersion
{
    public static string Title => "PicoKubelet " + FirmwareVersion.Number;
}
