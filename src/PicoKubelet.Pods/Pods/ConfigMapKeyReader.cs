using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

/// <summary>Reads one key of a ConfigMap while it streams by: a program, or the value of a variable from the data.</summary>
internal sealed class ConfigMapKeyReader : IReplyReader
{
    private const int MaxValueBytes = 256;

    private string _key;
    private int _maxProgramBytes;

    /// <summary>Gets the program, or null where the key is not there or is none.</summary>
    public ProgramBytes Program { get; private set; }

    /// <summary>Gets the value, or null where the key is not there.</summary>
    public string Value { get; private set; }

    /// <summary>Gets whether the program is larger than it may be.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Gets what is wrong with the key's value, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>Gets which ConfigMap it is, and in which version.</summary>
    public ObjectVersion Version { get; } = new ObjectVersion();

    /// <summary>Gets where a ConfigMap is.</summary>
    /// <param name="podNamespace">The namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The path.</returns>
    public static string PathOf(string podNamespace, string name) => "/api/v1/namespaces/" + podNamespace + "/configmaps/" + name;

    /// <summary>Begins with a key.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="maxProgramBytes">The most bytes of the program that it holds, or 0 where it holds a variable's value.</param>
    public void Begin(string key, int maxProgramBytes)
    {
        _key = key;
        _maxProgramBytes = maxProgramBytes;
        Clear();
    }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        Clear();
        Version.Begin();
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            bool isBinary = json.NameIs("binaryData");
            if (!Version.TryRead(json) && (isBinary || json.NameIs("data")) && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    if (json.NameIs(_key))
                    {
                        ReadValue(json, isBinary);
                    }
                }
            }
        }
    }

    private void ReadValue(JsonReader json, bool isBinary)
    {
        if (_maxProgramBytes > 0)
        {
            ReadProgram(json, isBinary);
        }
        else if (isBinary)
        {
            Problem = "is binary";
        }
        else
        {
            Value = json.ReadString(MaxValueBytes) ?? "";
            Problem = json.IsTruncated ? "is longer than " + MaxValueBytes.ToString() + " bytes" : null;
        }
    }

    private void ReadProgram(JsonReader json, bool isBinary)
    {
        ProgramBytes program = new ProgramBytes(_maxProgramBytes);
        bool isSound;
        if (isBinary)
        {
            Base64Program decoder = new Base64Program(program);
            isSound = json.ReadStringTo(decoder) && decoder.End();
        }
        else
        {
            // kubectl takes a program for text whose bytes happen to be UTF-8, as those of small ones are.
            isSound = json.ReadStringTo(program);
        }

        if (program.IsTooLarge)
        {
            IsTooLarge = true;
            Problem = "is larger than " + _maxProgramBytes.ToString() + " bytes";
        }
        else if (!isSound)
        {
            Problem = "is not base64";
        }
        else
        {
            Program = program;
        }
    }

    private void Clear()
    {
        Program = null;
        Value = null;
        Problem = null;
        IsTooLarge = false;
    }
}
