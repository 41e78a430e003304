using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

/// <summary>A file of <see cref="AtomicStorage"/> that is being written. Others may be read and replaced meanwhile.</summary>
internal sealed class AtomicFile : INewFile
{
    private readonly AtomicStorage _storage;
    private readonly string _name;
    private readonly IFileWriter _file;
    private bool _isSpoilt;

    public AtomicFile(AtomicStorage storage, string name, IFileWriter file)
    {
        _storage = storage;
        _name = name;
        _file = file;
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        _isSpoilt = _isSpoilt || !_storage.TryWrite(_file, buffer, offset, count);
    }

    /// <inheritdoc/>
    public bool Complete()
    {
        if (_isSpoilt)
        {
            Abandon();
            return false;
        }

        return _storage.TryComplete(_file, _name);
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        _storage.Drop(_file, _name);
    }
}
