namespace PicoKubelet;

/// <summary>The image with everything.</summary>
public static class Program
{
    /// <summary>Runs it until a reboot; never returns.</summary>
    public static void Main()
    {
        DeviceProgram.Make(new PodSystem())?.Run();
        DeviceProgram.End();
    }
}
