namespace PicoKubelet;

/// <summary>The image without pods, for boards whose heap has no room for any.</summary>
public static class Program
{
    /// <summary>Runs it until a reboot; never returns.</summary>
    public static void Main()
    {
        DeviceProgram.Make(null)?.Run();
        DeviceProgram.End();
    }
}
