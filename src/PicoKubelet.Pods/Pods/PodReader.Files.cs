using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

// What of ConfigMaps a container sees as files.
public sealed partial class PodReader
{
    /// <returns>The container's ConfigMaps, or null where it mounts none but its program.</returns>
    private MountedConfigMap[] MakeMounts(int container, string program)
    {
        int count = 0;
        for (int i = 0; i < _mountCount; i++)
        {
            count += HasFiles(i, container, program) ? 1 : 0;
        }

        MountedConfigMap[] mounts = count == 0 ? null : new MountedConfigMap[count];
        int folders = 0;
        count = 0;
        for (int i = 0; i < _mountCount; i++)
        {
            if (!HasFiles(i, container, program))
            {
                continue;
            }

            MountedConfigMap mount = MakeMount(i);
            mount.FolderIndex = folders;
            for (int j = 0; j < count; j++)
            {
                // What lies in one folder is found there, wherever it comes from.
                mount.FolderIndex = mounts[j].Folder == mount.Folder ? mounts[j].FolderIndex : mount.FolderIndex;
            }

            folders += mount.FolderIndex == folders ? 1 : 0;
            mounts[count++] = mount;
        }

        return mounts;
    }

    private bool HasFiles(int mount, int container, string program)
    {
        PodVolume volume = _mountContainers[mount] == container ? FindVolume(_mountVolumes[mount]) : null;
        return volume != null && volume.ConfigMap != null && _mountPaths[mount] != null && (KeyOf(mount) == null || _mountPaths[mount] != program);
    }

    private string KeyOf(int mount) => _mountKeys[mount] == null || _mountKeys[mount].Length == 0 ? null : _mountKeys[mount];

    private MountedConfigMap MakeMount(int mount)
    {
        PodVolume volume = FindVolume(_mountVolumes[mount]);
        string path = _mountPaths[mount];
        MountedConfigMap made = new MountedConfigMap { ConfigMap = volume.ConfigMap, IsOptional = volume.IsOptional, Key = KeyOf(mount) };
        if (made.Key != null)
        {
            int slash = path.LastIndexOf('/');
            made.FileName = path.Substring(slash + 1);
            made.Folder = slash <= 0 ? "/" : path.Substring(0, slash);
            return made;
        }

        while (path.Length > 1 && path.EndsWith("/"))
        {
            path = path.Substring(0, path.Length - 1);
        }

        made.Folder = path;
        return made;
    }
}
