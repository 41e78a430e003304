using System.IO;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>
/// The files in the internal flash's littlefs, as nanoff --filedeployment puts them there.
/// No DriveInfo: on a Pico, asking for a drive's size dereferences a null pointer in the runtime.
/// </summary>
internal sealed class FlashStorage : IStorage
{
    // The internal drive's letter in the runtime (INTERNAL_DRIVE0_LETTER), the same on ESP32 and Pico.
    private const string Root = "I:\\";

    // What is being written. It stands alone only between the two last steps of Replace, and is whole then.
    private const string NewSuffix = ".new";

    /// <inheritdoc/>
    public bool IsHealthy { get; private set; } = true;

    /// <inheritdoc/>
    public IStoredFile OpenRead(string name)
    {
        return Open(name) ?? Open(name + NewSuffix);
    }

    /// <inheritdoc/>
    public bool Replace(string name, byte[] buffer, int offset, int count)
    {
        try
        {
            string path = Root + name;
            string newPath = path + NewSuffix;
            using (FileStream stream = new FileStream(newPath, FileMode.Create, FileAccess.Write))
            {
                stream.Write(buffer, offset, count);
                stream.Flush();
            }

            // File.Move does not replace.
            if (File.Exists(path))
            {
                File.Delete(path);
            }

            File.Move(newPath, path);
            IsHealthy = true;
        }
        catch (IOException)
        {
            IsHealthy = false;
        }

        return IsHealthy;
    }

    /// <inheritdoc/>
    public bool Delete(string name)
    {
        try
        {
            // The new one first: alone it would be taken for the file.
            DeleteIfThere(Root + name + NewSuffix);
            DeleteIfThere(Root + name);
            return true;
        }
        catch (IOException)
        {
            IsHealthy = false;
            return false;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Always 0: an ESP32's runtime does not tell, and a Pico's can not be asked.</remarks>
    public long GetTotalBytes() => 0;

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private IStoredFile Open(string name)
    {
        try
        {
            FileStream stream = new FileStream(Root + name, FileMode.Open, FileAccess.Read);
            IsHealthy = true;
            return new FlashFile(stream);
        }
        catch (IOException e)
        {
            IsHealthy = e.ErrorCode == IOException.IOExceptionErrorCode.FileNotFound;
            if (IsHealthy)
            {
                return null;
            }

            throw;
        }
    }
}
