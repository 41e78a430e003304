namespace PicoKubelet.Enroll.Device;

/// <summary>The commands that bring everything onto a board. deploy/device/README.md explains them.</summary>
internal static class NanoffSteps
{
    /// <summary>Lists the steps.</summary>
    /// <param name="target">The board's target.</param>
    /// <param name="serialPort">Where the board is connected.</param>
    /// <param name="image">The firmware's image.</param>
    /// <param name="folder">The folder of the board's files.</param>
    /// <param name="hasNetwork">Whether there is a network configuration among them.</param>
    /// <returns>Each step: what it does, and its commands.</returns>
    public static IReadOnlyList<NanoffStep> List(BoardTarget target, string serialPort, string image, string folder, bool hasNetwork)
    {
        string network = hasNetwork ? $" --networkdeployment {DeviceFiles.Network}" : "";
        return
        [
            new NanoffStep("nanoff, once", "dotnet tool install -g nanoff"),
            target.IsPico
                ? new NanoffStep("nanoFramework's runtime: hold BOOTSEL while plugging the board in", $"nanoff --update --target {target.Name}")
                : new NanoffStep("nanoFramework's runtime", $"nanoff --update --target {target.Name} --serialport {serialPort} --masserase"),
            new NanoffStep("the firmware", $"nanoff --nanodevice --deploy --serialport {serialPort} --image {Quoted(image)}"),

            // In one command: nanoff prints its help for --networkdeployment alone.
            new NanoffStep("settings and Wi-Fi; each file must be answered with OK", $"cd {Quoted(folder)}", $"nanoff --filedeployment {DeviceFiles.Files}{network}"),
        ];
    }

    private static string Quoted(string path)
    {
        return path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
    }
}
