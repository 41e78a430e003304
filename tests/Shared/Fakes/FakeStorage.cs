using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A storage with one file at most.</summary>
internal sealed class FakeStorage : IStorage
{
    public bool IsHealthy { get; set; } = true;

    public long TotalBytes { get; set; }

    public string FileName { get; set; }

    public FakeStoredFile File { get; set; }

    /// <summary>Makes every access fail.</summary>
    public Exception Failure { get; set; }

    /// <summary>How often a file was written or deleted.</summary>
    public int Writes { get; private set; }

    /// <summary>What was written last, or null after it was deleted.</summary>
    public byte[] Written { get; private set; }

    public string[] GetNames()
    {
        return FileName == null ? new string[0] : new string[] { FileName };
    }

    public IStoredFile OpenRead(string name)
    {
        if (Failure != null)
        {
            throw Failure;
        }

        return name == FileName ? File : null;
    }

    public bool Replace(string name, byte[] buffer, int offset, int count)
    {
        Writes++;
        if (IsHealthy)
        {
            Written = new byte[count];
            Array.Copy(buffer, offset, Written, 0, count);
            FileName = name;
            File = new FakeStoredFile(Written);
        }

        return IsHealthy;
    }

    public string TakeDropped()
    {
        return null;
    }

    public INewFile Create(string name)
    {
        return null;
    }

    public bool Delete(string name)
    {
        Writes++;
        if (IsHealthy)
        {
            Written = null;
            FileName = null;
        }

        return IsHealthy;
    }

    public long GetTotalBytes()
    {
        return TotalBytes;
    }
}
