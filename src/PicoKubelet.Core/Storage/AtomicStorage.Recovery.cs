using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

// How a new file comes in the place of an old one, and what a power cut in the middle of that leaves.
public sealed partial class AtomicStorage
{
    /// <summary>Begins the new file of a name. What a power cut left comes first, since it may be the only one that is whole.</summary>
    private IFileWriter Begin(string name)
    {
        Recover(name);
        return _files.Create(name + NewSuffix);
    }

    /// <summary>Puts the new file, which is whole on the medium, in the place of the old one.</summary>
    private void PutInPlace(string name)
    {
        if (_files.Exists(name))
        {
            _files.Delete(name);
        }

        _files.Move(name + NewSuffix, name);
    }

    /// <summary>Looks whether the old file is torn, as one may be that was put there from outside, and the new one is known to be whole.</summary>
    private bool IsTornBesideWhole(string name, string newName)
    {
        return !IsWhole(name, false) && IsWhole(newName, true);
    }

    private bool IsWhole(string name, bool mustBeSealed)
    {
        IStoredFile file = _files.Open(name);
        try
        {
            return FileState.IsWhole(file, out bool isSealed) && (isSealed || !mustBeSealed);
        }
        finally
        {
            file.Close();
        }
    }

    /// <summary>Puts right what a power cut left behind.</summary>
    /// <returns>Whether there is a file of this name.</returns>
    private bool Recover(string name)
    {
        bool isThere = _files.Exists(name);
        string newName = name + NewSuffix;
        if (!_files.Exists(newName))
        {
            return isThere;
        }

        if (isThere && !IsTornBesideWhole(name, newName))
        {
            // The cut came before the new one was whole, or just after: the old one counts.
            _files.Delete(newName);
            return true;
        }

        if (isThere)
        {
            _files.Delete(name);
        }

        // The old one goes only when the new one is whole. Where there never was an old one it may be torn: the checksum tells.
        _files.Move(newName, name);

        return true;
    }
}
