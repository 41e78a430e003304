using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

/// <summary>The files that earlier firmware kept under other names: nothing reads them any more, and of a Pico W each takes one of six blocks.</summary>
public static class FormerFiles
{
    /// <summary>Deletes them.</summary>
    /// <param name="storage">The board's storage.</param>
    public static void Delete(IStorage storage)
    {
        string[] names = storage.GetNames();
        for (int i = 0; i < names.Length; i++)
        {
            if (IsFormer(names[i]))
            {
                storage.Delete(names[i]);
            }
        }
    }

    /// <summary>Looks whether a name is of those that only the firmware gave: what somebody put there stays.</summary>
    private static bool IsFormer(string name)
    {
        return name == "log.bin" || name == "programs" || IsNumbered(name, "program-", "") || IsNumbered(name, "pod-", ".json") || IsNumbered(name, "pod-", ".bin");
    }

    private static bool IsNumbered(string name, string start, string end)
    {
        if (!name.StartsWith(start) || !name.EndsWith(end) || name.Length <= start.Length + end.Length)
        {
            return false;
        }

        for (int i = start.Length; i < name.Length - end.Length; i++)
        {
            if ((name[i] < '0' || name[i] > '9') && name[i] != '-')
            {
                return false;
            }
        }

        return true;
    }
}
