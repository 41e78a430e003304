using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>
/// Turns the specification's scripts (.wast) into JSON and modules with wast2json. A form that it does not read is left
/// out, with what is called on the module where it is one; what is left out is said.
/// </summary>
internal sealed partial class WastConversion
{
    private const int MaxRounds = 60;

    private readonly string _program;
    private readonly string _output;

    /// <summary>Initializes a new instance of the <see cref="WastConversion"/> class.</summary>
    /// <param name="program">wast2json.</param>
    /// <param name="output">The folder that gets the JSON and the modules; made where it is missing.</param>
    public WastConversion(string program, string output)
    {
        _program = program;
        _output = Path.GetFullPath(output);
        Directory.CreateDirectory(_output);
    }

    /// <summary>Converts every script of a folder.</summary>
    /// <returns>What was left out and why, a line each.</returns>
    public List<string> ConvertFolder(string folder)
    {
        List<string> leftOut = [];
        foreach (string path in Directory.GetFiles(folder, "*.wast").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (name.EndsWith(".fail", StringComparison.Ordinal))
            {
                leftOut.Add($"{name}.wast: text that an assembler must refuse; no module comes of it");
                continue;
            }

            leftOut.AddRange(ConvertFile(path, name));
        }

        return leftOut;
    }

    private List<string> ConvertFile(string path, string name)
    {
        List<WastForm> forms = [.. WastForm.Split(File.ReadAllText(path)).Select(form => form with { Text = WastDialect.Rewrite(form.Text, name) })];
        bool[] isLeftOut = new bool[forms.Count];
        List<string> leftOut = [];
        for (int round = 0; round < MaxRounds; round++)
        {
            if (Run(name, forms, isLeftOut) is not { } error)
            {
                return leftOut;
            }

            int line = int.Parse(ErrorLine().Match(error).Groups[1].ValueSpan, null);
            int culprit = Enumerable.Range(0, forms.Count).FirstOrDefault(i => !isLeftOut[i] && forms[i].Line <= line && line <= forms[i].LastLine, -1);
            if (culprit < 0)
            {
                break;
            }

            int dropped = Drop(forms, isLeftOut, culprit);
            string reason = ErrorLine().Replace(error, string.Empty).Trim();
            leftOut.Add($"{name}.wast line {forms[culprit].Line}{(dropped > 1 ? $" and {dropped - 1} after it" : string.Empty)}: wast2json: {reason}");
        }

        File.Delete(Path.Combine(_output, name + ".json"));
        return [$"{name}.wast, all of it: {leftOut.FirstOrDefault() ?? "wast2json does not read it"}"];
    }

    /// <summary>Leaves a form out, and what needs the module where it is one.</summary>
    private static int Drop(List<WastForm> forms, bool[] isLeftOut, int culprit)
    {
        isLeftOut[culprit] = true;
        int dropped = 1;
        for (int i = culprit + 1; forms[culprit].IsModule && i < forms.Count && !forms[i].IsModule; i++)
        {
            isLeftOut[i] = true;
            dropped++;
        }

        return dropped;
    }

    /// <summary>Runs wast2json on what is left of a script, whose lines stay where they were.</summary>
    /// <returns>The first error, or null.</returns>
    private string? Run(string name, List<WastForm> forms, bool[] isLeftOut)
    {
        string script = Path.Combine(_output, name + ".wast");
        StringBuilder text = new();
        int line = 1;
        for (int i = 0; i < forms.Count; i++)
        {
            if (!isLeftOut[i])
            {
                text.Append('\n', Math.Max(0, forms[i].Line - line)).Append(forms[i].Text);
                line = Math.Max(line, forms[i].Line) + forms[i].Text.Count(unit => unit == '\n');
            }
        }

        File.WriteAllText(script, text.Append('\n').ToString());
        ProcessStartInfo start = new(_program, [script, "-o", Path.Combine(_output, name + ".json")])
        {
            RedirectStandardError = true,
            WorkingDirectory = _output,
        };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        File.Delete(script);
        return process.ExitCode == 0 ? null : error.Split('\n').FirstOrDefault(candidate => ErrorLine().IsMatch(candidate)) ?? $":0:0: error: {error}";
    }

    [GeneratedRegex(@"^.*?:(\d+):\d+: error: ")]
    private static partial Regex ErrorLine();
}
