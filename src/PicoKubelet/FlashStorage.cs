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

    /// <inheritdoc/>
    public bool IsHealthy { get; private set; } = true;

    /// <inheritdoc/>
    public IStoredFile OpenRead(string name)
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

    /// <inheritdoc/>
    /// <remarks>Always 0: an ESP32's runtime does not tell, and a Pico's can not be asked.</remarks>
    public long GetTotalBytes() => 0;
}
