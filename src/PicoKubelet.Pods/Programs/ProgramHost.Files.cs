namespace PicoKubelet.Programs;

// The ConfigMaps that its container mounts, as files.
internal sealed partial class ProgramHost
{
    // WASI's numbers.
    private const int TooBig = 22;
    private const int Interrupted = 27;
    private const int NoEntry = 44;

    /// <inheritdoc/>
    public int FolderCount
    {
        get
        {
            int last = -1;
            for (int i = 0; i < Owner.Mounts.Length; i++)
            {
                last = Owner.Mounts[i].FolderIndex > last ? Owner.Mounts[i].FolderIndex : last;
            }

            return last + 1;
        }
    }

    /// <inheritdoc/>
    public string Folder(int folder)
    {
        int first = 0;
        while (Owner.Mounts[first].FolderIndex != folder)
        {
            first++;
        }

        return Owner.Mounts[first].Folder;
    }

    /// <inheritdoc/>
    public int Find(int folder, byte[] name, int start, int length, out byte[] file, out int from)
    {
        file = null;
        from = MountedConfigMap.HeadBytes + length;
        int missing = NoEntry;
        for (int i = 0; i < Owner.Mounts.Length; i++)
        {
            MountedConfigMap mount = Owner.Mounts[i];
            byte[][] files = mount.FolderIndex == folder ? mount.Files : null;
            if (mount.FolderIndex == folder && files == null)
            {
                missing = IsStopRequested ? Interrupted : -1;
            }

            for (int j = 0; files != null && j < files.Length; j++)
            {
                if (IsNamed(files[j], name, start, length))
                {
                    file = files[j];
                    return file[0] == 0 ? 0 : TooBig;
                }
            }

            missing = files != null && mount.HasMore && missing == NoEntry ? TooBig : missing;
        }

        return missing;
    }

    private static bool IsNamed(byte[] file, byte[] name, int start, int length)
    {
        int same = 0;
        while (same < length && same < file[1] && file[MountedConfigMap.HeadBytes + same] == name[start + same])
        {
            same++;
        }

        return same == length && same == file[1];
    }
}
