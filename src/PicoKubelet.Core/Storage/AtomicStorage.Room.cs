using System;

namespace PicoKubelet.Storage;

// What makes room for the board's own files: nobody can ask a device how much is left, so a write that fails is tried again once something is gone.
public sealed partial class AtomicStorage
{
    /// <summary>Drops what a power cut left beside a file, or else the first file, by name, that the board can do without.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool DropCache()
    {
        try
        {
            string first = null;
            string[] names = _files.GetNames();
            for (int i = 0; i < names.Length; i++)
            {
                bool isNew = names[i].EndsWith(NewSuffix);
                string name = isNew ? names[i].Substring(0, names[i].Length - NewSuffix.Length) : names[i];
                if (isNew && name == _created)
                {
                    // Being written on another thread, or left by a write that failed: not to be pulled from under it.
                    continue;
                }

                if (isNew && _files.Exists(name))
                {
                    Recover(name);
                    return true;
                }

                first = name.EndsWith(CacheSuffix) && (first == null || string.Compare(names[i], first) < 0) ? names[i] : first;
            }

            if (first == null)
            {
                return false;
            }

            _files.Delete(first);
            _dropped = _dropped == null ? first : _dropped + " " + first;
            return true;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
