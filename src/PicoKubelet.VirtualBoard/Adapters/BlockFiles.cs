using PicoKubelet.Hardware;
using PicoKubelet.Storage;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>Files in as many blocks of flash as a board has: what it has no room for, they do not take either.</summary>
internal sealed class BlockFiles : IFiles
{
    private readonly IFiles _files;
    private readonly long _blocks;
    private readonly Dictionary<string, int> _lengths = [];

    /// <param name="files">The files.</param>
    /// <param name="totalBytes">The size of the storage.</param>
    public BlockFiles(IFiles files, long totalBytes)
    {
        _files = files;
        _blocks = (totalBytes / FlashBlocks.Bytes) - FlashBlocks.OfNames;
        foreach (string name in files.GetNames())
        {
            _lengths[name] = LengthOf(files.Open(name));
        }
    }

    public string[] GetNames() => _files.GetNames();

    public bool Exists(string name) => _files.Exists(name);

    public IStoredFile Open(string name) => _files.Open(name);

    public IFileWriter Create(string name)
    {
        IFileWriter file = _files.Create(name);
        _lengths[name] = 0;
        return new Writer(this, name, file);
    }

    public void Delete(string name)
    {
        _files.Delete(name);
        _lengths.Remove(name);
    }

    public void Move(string name, string newName)
    {
        _files.Move(name, newName);
        _lengths.Remove(name, out int length);
        _lengths[newName] = length;
    }

    private static int LengthOf(IStoredFile file)
    {
        byte[] buffer = new byte[FlashBlocks.Bytes];
        int length = 0;
        for (int read = file.Read(buffer, 0, buffer.Length); read > 0; read = file.Read(buffer, 0, buffer.Length))
        {
            length += read;
        }

        file.Close();
        return length;
    }

    private void Take(string name, int count)
    {
        int length = _lengths.GetValueOrDefault(name) + count;
        long others = _lengths.Where(file => file.Key != name).Sum(file => FlashBlocks.Of(file.Value));
        if (others + FlashBlocks.Of(length) > _blocks)
        {
            throw new IOException("no block is free for " + name);
        }

        _lengths[name] = length;
    }

    private sealed class Writer(BlockFiles files, string name, IFileWriter file) : IFileWriter
    {
        public void Write(byte[] buffer, int offset, int count)
        {
            files.Take(name, count);
            file.Write(buffer, offset, count);
        }

        public void Close() => file.Close();
    }
}
