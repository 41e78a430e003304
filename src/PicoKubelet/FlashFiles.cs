using System.IO;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>
/// The files in the internal flash's littlefs, as nanoff --filedeployment puts them there.
/// No DriveInfo: on a Pico, asking for a drive's size dereferences a null pointer in the runtime.
/// </summary>
internal sealed class FlashFiles : IFiles
{
    // The internal drive's letter in the runtime (INTERNAL_DRIVE0_LETTER), the same on ESP32 and Pico.
    private const string Root = "I:\\";

    /// <inheritdoc/>
    public string[] GetNames()
    {
        string[] paths = Directory.GetFiles(Root);
        for (int i = 0; i < paths.Length; i++)
        {
            paths[i] = paths[i].Substring(paths[i].LastIndexOf('\\') + 1);
        }

        return paths;
    }

    /// <inheritdoc/>
    public bool Exists(string name) => File.Exists(Root + name);

    /// <inheritdoc/>
    public IStoredFile Open(string name) => new FlashFile(new FileStream(Root + name, FileMode.Open, FileAccess.Read));

    /// <inheritdoc/>
    public IFileWriter Create(string name) => new FlashFileWriter(new FileStream(Root + name, FileMode.Create, FileAccess.Write));

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(Root + name);

    /// <inheritdoc/>
    public void Move(string name, string newName) => File.Move(Root + name, Root + newName);
}
