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
        return
        [
            new NanoffStep("nanoff, once", "dotnet tool install -g nanoff"),
            target.IsPico
                ? new NanoffStep("nanoFramework's runtime: hold BOOTSEL while plugging the board in", $"nanoff --update --target {target.Name}")
                : new NanoffStep("nanoFramework's runtime", $"nanoff --update --target {target.Name} --serialport {serialPort} --masserase"),
            new NanoffStep("the firmware", $"nanoff --nanodevice --deploy --serialport {serialPort} --image {Quoted(image)}"),
            Files(folder, "settings and Wi-Fi; each file must be answered with OK", hasNetwork),
        ];
    }

    /// <summary>Makes the step that brings the files.</summary>
    /// <param name="folder">The folder of the board's files.</param>
    /// <param name="what">What it does.</param>
    /// <param name="hasNetwork">Whether there is a network configuration among them.</param>
    public static NanoffStep Files(string folder, string what, bool hasNetwork)
    {
        // In one command: nanoff prints its help for --networkdeployment alone.
        string network = hasNetwork ? $" --networkdeployment {DeviceFiles.Network}" : "";
        return new NanoffStep(what, $"cd {Quoted(folder)}", $"nanoff --filedeployment {DeviceFiles.Files}{network}");
    }

    // Of the names that people give to folders; in double quotes, which every shell knows.
    private static string Quoted(string path)
    {
        return path.Any(letter => " '()&;".Contains(letter, StringComparison.Ordinal)) ? $"\"{path}\"" : path;
    }
}
