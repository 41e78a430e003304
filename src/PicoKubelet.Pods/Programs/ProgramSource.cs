using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>Hands a program to the engine.</summary>
internal sealed class ProgramSource : IWasmSource
{
    private readonly ProgramBytes _program;
    private int _position;

    public ProgramSource(ProgramBytes program)
    {
        _program = program;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        int read = _program.Read(_position, buffer, offset, count);
        _position += read;
        return read;
    }
}
