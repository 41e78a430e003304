namespace PicoKubelet.Text;

/// <summary>Where bytes go that are too many to be kept in one piece.</summary>
public interface IByteSink
{
    /// <summary>Takes the next bytes.</summary>
    /// <param name="buffer">Where they are; it is used again after the call.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    void Write(byte[] buffer, int offset, int count);
}
