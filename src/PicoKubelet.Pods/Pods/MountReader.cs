using System.Collections;
using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Programs;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>Reads a ConfigMap that is mounted, while it streams by: of a large one only its small keys are kept. For one request.</summary>
internal sealed class MountReader : IReplyReader
{
    // The kubelet's minute, less what it takes to ask.
    private const int Interval = 40 * 1000;
    private const int Jitter = 10 * 1000;
    private const int MissingInterval = 5000;
    private const int MostDoublings = 4;

    private readonly MountedConfigMap _mount;
    private readonly int _room;
    private readonly ArrayList _files = new ArrayList();
    private readonly ObjectVersion _version = new ObjectVersion();
    private bool _isImmutable;
    private bool _hasMore;
    private int _left;

    /// <param name="mount">What takes the files over.</param>
    /// <param name="room">The most bytes that they may take.</param>
    private MountReader(MountedConfigMap mount, int room)
    {
        _mount = mount;
        _room = room;
    }

    /// <summary>Asks for a ConfigMap that a container mounts. What of it is here is replaced where all went well, and stays otherwise.</summary>
    /// <param name="client">The client of the API server.</param>
    /// <param name="context">Has the clock, by which to ask again.</param>
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="mounts">All that the container mounts.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="result">What became of the request.</param>
    /// <returns>What is wrong with the ConfigMap, in the kubelet's words, or null.</returns>
    public static string Fetch(ApiClient client, ProgramContext context, string podNamespace, MountedConfigMap[] mounts, int index, out ApiResult result)
    {
        MountedConfigMap mount = mounts[index];
        int room = MountedConfigMap.MaxBytes;
        for (int i = 0; i < mounts.Length; i++)
        {
            room -= i == index ? 0 : mounts[i].Bytes;
        }

        MountReader reader = new MountReader(mount, room);
        result = client.Get(ConfigMapKeyReader.PathOf(podNamespace, mount.ConfigMap), ReplyForm.Whole, reader);
        bool isThere = result.IsOk && (mount.Key == null || reader._files.Count > 0);
        if (isThere || (mount.IsOptional && (result.IsOk || result.Outcome == ApiOutcome.NotFound)))
        {
            reader.HandOver(isThere);
            CheckLater(context, mount, isThere && (reader._isImmutable || mount.Key != null));
            return null;
        }

        mount.Failures += result.IsOk || result.IsRefusal || result.Outcome == ApiOutcome.NotFound ? 1 : 0;
        CheckLater(context, mount, false);
        return result.IsOk ? "configmap references non-existent config key: " + mount.Key
            : result.Outcome == ApiOutcome.NotFound ? "configmap \"" + mount.ConfigMap + "\" not found" : null;
    }

    /// <summary>Looks whether a ConfigMap is another one than what of it is here, for its metadata, and asks for it where it is.</summary>
    /// <returns>Why the API server gives none, or null.</returns>
    public static string Refresh(ApiClient client, ProgramContext context, string podNamespace, MountedConfigMap[] mounts, int index)
    {
        MountedConfigMap mount = mounts[index];
        if (mount.Version != null)
        {
            ObjectVersion version = new ObjectVersion { ResourceVersion = mount.Version };
            ApiResult result = client.Get(ConfigMapKeyReader.PathOf(podNamespace, mount.ConfigMap), ReplyForm.Version, version);
            if (!result.IsOk || version.ResourceVersion == mount.Version)
            {
                CheckLater(context, mount, false);
                return null;
            }
        }

        string problem = Fetch(client, context, podNamespace, mounts, index, out ApiResult fetched);
        return problem ?? (fetched.IsRefusal && mount.Files == null ? fetched.Message : null);
    }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        _files.Clear();
        _version.Begin();
        _isImmutable = false;
        _hasMore = false;
        _left = _room;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            bool isBinary = json.NameIs("binaryData");
            if (_version.TryRead(json))
            {
                continue;
            }

            if (json.NameIs("immutable"))
            {
                json.TryReadBoolean(out _isImmutable);
            }
            else if ((isBinary || json.NameIs("data")) && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    ReadKey(json, isBinary);
                }
            }
        }
    }

    private void ReadKey(JsonReader json, bool isBinary)
    {
        if (_mount.Key != null && !json.NameIs(_mount.Key))
        {
            return;
        }

        if (_files.Count == MountedConfigMap.MostFiles)
        {
            _hasMore = true;
            return;
        }

        string name = _mount.Key == null ? json.GetString() : _mount.FileName;
        ProgramBytes content = new ProgramBytes(_left < MountedConfigMap.MaxFileBytes ? _left : MountedConfigMap.MaxFileBytes);
        Base64Program decoder = isBinary ? new Base64Program(content) : null;
        bool isWhole = json.ReadStringTo((IByteSink)decoder ?? content) && (decoder == null || decoder.End()) && !content.IsTooLarge;
        byte[] file = new byte[MountedConfigMap.HeadBytes + name.Length + (isWhole ? content.Length : 0)];
        file[0] = (byte)(isWhole ? 0 : 1);
        file[1] = (byte)name.Length;
        for (int i = 0; i < name.Length; i++)
        {
            file[MountedConfigMap.HeadBytes + i] = (byte)name[i];
        }

        int done = 0;
        int start = file.Length - content.Length;
        while (isWhole && done < content.Length)
        {
            done += content.Read(done, file, start + done, content.Length - done);
        }

        _left -= isWhole ? content.Length : 0;
        _files.Add(file);
    }

    private void HandOver(bool isThere)
    {
        byte[][] files = new byte[isThere ? _files.Count : 0][];
        for (int i = 0; i < files.Length; i++)
        {
            files[i] = (byte[])_files[i];
        }

        _mount.Failures = 0;
        _mount.HasMore = _hasMore;
        _mount.Files = files;
        _mount.Version = isThere ? _version.ResourceVersion : null;
    }

    private static void CheckLater(ProgramContext context, MountedConfigMap mount, bool isFinal)
    {
        // A program that waits for its files runs on from before a power cut. What is refused is asked for ever more seldom.
        int doublings = mount.Failures < 1 ? 0 : mount.Failures > MostDoublings ? MostDoublings : mount.Failures - 1;
        int wait = mount.Files == null ? MissingInterval << doublings : Interval + context.Random.Next(Jitter);
        mount.CheckAt = isFinal ? Due.Never : context.Clock.Milliseconds + wait;
    }
}
