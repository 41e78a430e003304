using System;
using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Files whose power can be cut: at each operation, and at each byte that is written.</summary>
internal sealed class FakeFiles : IFiles
{
    private const int MaxFiles = 12;

    private readonly string[] _names = Strings.NewArray(MaxFiles);
    private readonly byte[][] _contents = new byte[MaxFiles][];

    /// <summary>How many steps there is power for: operations, and the bytes of a write.</summary>
    public int Power { get; private set; } = int.MaxValue;

    /// <summary>How many steps were done.</summary>
    public int Steps { get; private set; }

    /// <summary>How often a file was written.</summary>
    public int Writes { get; private set; }

    /// <summary>What every access throws, or null.</summary>
    public Exception Failure { get; set; }

    /// <summary>How many bytes more the medium takes; what is deleted gives none back.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>How many files that are not empty there is room for.</summary>
    public int Blocks { get; set; } = MaxFiles;

    /// <summary>How many files there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (string name in _names)
            {
                count += name == null ? 0 : 1;
            }

            return count;
        }
    }

    private int Used
    {
        get
        {
            int used = 0;
            for (int i = 0; i < MaxFiles; i++)
            {
                used += _names[i] != null && _contents[i].Length > 0 ? 1 : 0;
            }

            return used;
        }
    }

    /// <summary>The content of a file, or null.</summary>
    public byte[] Get(string name)
    {
        int index = Find(name);
        return index < 0 ? null : _contents[index];
    }

    /// <summary>Brings the power back, after so many steps it is cut again.</summary>
    public void PowerFor(int steps)
    {
        Steps = 0;
        Power = steps;
    }

    /// <summary>Puts a file there, as nanoff does.</summary>
    public void Put(string name, byte[] content)
    {
        int index = Find(name);
        index = index < 0 ? Find(null) : index;
        _names[index] = name;
        _contents[index] = content;
    }

    public string[] GetNames()
    {
        ThrowFailure();
        string[] names = Strings.NewArray(Count);
        int count = 0;
        foreach (string name in _names)
        {
            if (name != null)
            {
                names[count++] = name;
            }
        }

        return names;
    }

    public bool Exists(string name)
    {
        ThrowFailure();
        return Find(name) >= 0;
    }

    public IStoredFile Open(string name)
    {
        ThrowFailure();
        return new FakeStoredFile(_contents[Find(name)]);
    }

    public IFileWriter Create(string name)
    {
        Writes++;
        Step();
        Put(name, new byte[0]);
        return new FakeFileWriter(this, name);
    }

    /// <summary>Adds to a file, a byte a step.</summary>
    public void Append(string name, byte[] buffer, int offset, int count)
    {
        ThrowFailure();
        int room = Room < Power - Steps ? Room : Power - Steps;
        int length = count < room ? count : room;
        byte[] before = Get(name);
        length = before.Length == 0 && Used >= Blocks ? 0 : length;
        byte[] content = new byte[before.Length + length];
        Array.Copy(before, 0, content, 0, before.Length);
        Array.Copy(buffer, offset, content, before.Length, length);
        Put(name, content);
        Steps += length;
        Room -= length;
        if (length < count)
        {
            throw new InvalidOperationException("no room, or no power");
        }
    }

    /// <summary>Commits a file to the medium.</summary>
    public void Flush()
    {
        Step();
    }

    public void Delete(string name)
    {
        Step();
        int index = Find(name);
        if (index >= 0)
        {
            _names[index] = null;
        }
    }

    public void Move(string name, string newName)
    {
        Step();
        if (Find(newName) >= 0)
        {
            throw new InvalidOperationException("moved onto a file that is there");
        }

        _names[Find(name)] = newName;
    }

    private void Step()
    {
        ThrowFailure();
        if (Steps >= Power)
        {
            throw new InvalidOperationException("no power");
        }

        Steps++;
    }

    private void ThrowFailure()
    {
        if (Failure != null)
        {
            throw Failure;
        }
    }

    private int Find(string name)
    {
        return Array.IndexOf(_names, name);
    }
}
