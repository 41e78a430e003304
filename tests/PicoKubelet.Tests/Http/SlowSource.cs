using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Http;

/// <summary>Hands out a text byte by byte; each takes its time.</summary>
internal sealed class SlowSource : IByteSource
{
    private readonly PiecewiseSource _source;
    private readonly ManualClock _clock;
    private readonly int _milliseconds;

    public SlowSource(string text, ManualClock clock, int milliseconds)
    {
        _source = new PiecewiseSource(text, 1);
        _clock = clock;
        _milliseconds = milliseconds;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        _clock.Advance(_milliseconds);
        return _source.Read(buffer, offset, count);
    }
}
