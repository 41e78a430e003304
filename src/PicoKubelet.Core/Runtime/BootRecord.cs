using System;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Runtime;

/// <summary>
/// What outlives a reboot: how often the board was started, why last, how many reboots of the supervisor came in a row, and how many
/// starts that ended at once, and how many starts there were for each kind of reason. Written at each start, a minute later, and before a reboot that the firmware asks for.
/// </summary>
public sealed class BootRecord
{
    /// <summary>The file's name.</summary>
    public const string FileName = "boot.json";

    /// <summary>The reason of a start that nobody gave a reason for.</summary>
    public const string PowerOn = "power on or reset";

    /// <summary>How many starts in a row that end at once make the next one safe: ESPHome's rule.</summary>
    public const int MaxShortStarts = 10;

    private const int MaxReasonBytes = 64;
    private const int MaxFileBytes = SealedFile.HeadBytes + 112 + (11 * RestartReason.Count) + MaxReasonBytes;

    private readonly IStorage _storage;
    private readonly Logger _log;

    // Made at the start: when a reboot is due, there may be no memory for it.
    private readonly int[] _restarts = new int[RestartReason.Count];
    private readonly JsonWriter _json = new JsonWriter(new Utf8Writer(MaxFileBytes));

    /// <summary>Initializes the record; nothing is read yet.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="log">The log.</param>
    public BootRecord(IStorage storage, Logger log)
    {
        _storage = storage;
        _log = log;
    }

    /// <summary>Gets how often the board was started, this start included, since the record began.</summary>
    public int Boots { get; private set; }

    /// <summary>Gets why the board was started: the reason of the reboot that led to this start, or <see cref="PowerOn"/>.</summary>
    public string LastReason { get; private set; } = PowerOn;

    /// <summary>Gets how many reboots of the supervisor came one after the other, without a time of health between them.</summary>
    public int RebootsInARow { get; private set; }

    /// <summary>Gets how many starts in a row ended before they had lasted, this one included until it has; at most one more than <see cref="MaxShortStarts"/>.</summary>
    public int ShortStarts { get; private set; }

    /// <summary>
    /// Gets whether this start is safe: so many before it ended at once that what the cluster gave the board, its ConfigMap and its
    /// pods, is left aside.
    /// </summary>
    public bool IsSafe => ShortStarts > MaxShortStarts;

    /// <summary>Gets how often the board was started for a kind of reason, this start included, since the record began.</summary>
    /// <param name="kind">From 0 to <see cref="RestartReason.Count"/> - 1.</param>
    /// <returns>How often.</returns>
    public int Restarts(int kind)
    {
        return _restarts[kind];
    }

    /// <summary>Counts this start. A record that is missing, torn or can not be written is logged and does no harm.</summary>
    public void Begin()
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(FileName);
            if (stored == null)
            {
                _log.Info("no boot record; counting from 1");
            }
            else
            {
                Read(stored);
            }
        }
        catch (Exception e)
        {
            Boots = 0;
            RebootsInARow = 0;
            ShortStarts = 0;
            LastReason = PowerOn;
            Array.Clear(_restarts, 0, RestartReason.Count);
            _log.Warn("boot record can not be used; counting from 1", "error", e.Message);
        }
        finally
        {
            stored?.Close();
        }

        Boots = Boots < int.MaxValue ? Boots + 1 : 1;
        int kind = RestartReason.KindOf(LastReason);
        _restarts[kind] = _restarts[kind] < int.MaxValue ? _restarts[kind] + 1 : 1;
        ShortStarts = IsSafe ? ShortStarts : ShortStarts + 1;
        if (!Write(null))
        {
            _log.Warn("boot record could not be stored");
        }
    }

    /// <summary>Stores the reason of the reboot that follows.</summary>
    /// <param name="reason">The reason, ASCII without quotes, 64 at most.</param>
    /// <param name="rebootsInARow">How many reboots of the supervisor there are in a row then.</param>
    /// <returns>Whether it was stored.</returns>
    internal bool Store(string reason, int rebootsInARow)
    {
        int before = RebootsInARow;
        int shortBefore = ShortStarts;
        RebootsInARow = rebootsInARow;
        ShortStarts = 0;
        if (Write(reason))
        {
            return true;
        }

        RebootsInARow = before;
        ShortStarts = shortBefore;
        return false;
    }

    /// <summary>Notes that the board is well: the next reboot of the supervisor is the first of a row.</summary>
    internal void EndRow()
    {
        RebootsInARow = 0;
        Write(null);
    }

    /// <summary>Notes that this start has lasted.</summary>
    internal void EndShortStarts()
    {
        ShortStarts = 0;
        Write(null);
    }

    private void Read(IStoredFile stored)
    {
        SealedFile file = new SealedFile(stored);
        JsonReader json = new JsonReader(MaxFileBytes, MaxReasonBytes);
        json.Reset(file);
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                ReadField(json);
            }
        }

        json.ReadToEnd();
        if (!file.IsSound)
        {
            throw new JsonException("checksum", json.Position);
        }
    }

    private void ReadField(JsonReader json)
    {
        if (json.NameIs("boots") && json.TryReadInt64(out long boots))
        {
            Boots = (int)boots;
        }
        else if (json.NameIs("inARow") && json.TryReadInt64(out long inARow))
        {
            RebootsInARow = (int)inARow;
        }
        else if (json.NameIs("short") && json.TryReadInt64(out long shortStarts))
        {
            ShortStarts = shortStarts > MaxShortStarts ? MaxShortStarts + 1 : (int)shortStarts;
        }
        else if (json.NameIs("restarts") && json.BeginArrayOrSkip())
        {
            for (int kind = 0; json.NextElement(); kind++)
            {
                // Another version may know more of them.
                if (json.TryReadInt64(out long restarts) && kind < RestartReason.Count)
                {
                    _restarts[kind] = (int)restarts;
                }
            }
        }
        else if (json.NameIs("reason"))
        {
            LastReason = json.ReadString(MaxReasonBytes) ?? PowerOn;
        }
    }

    /// <param name="reason">The reason of the next start, or null while none is known.</param>
    private bool Write(string reason)
    {
        try
        {
            _json.Reset(SealedFile.HeadBytes);
            _json.BeginObject();
            _json.Property("boots", Boots);
            _json.Property("inARow", RebootsInARow);
            _json.Property("short", ShortStarts);
            _json.BeginArray("restarts");
            for (int kind = 0; kind < RestartReason.Count; kind++)
            {
                _json.Value(_restarts[kind]);
            }

            _json.EndArray();
            _json.Property("reason", reason);
            _json.EndObject();
            Utf8Writer output = _json.Output;
            SealedFile.Seal(output.Buffer, output.Start, output.Length);
            return !output.Overflowed && _storage.Replace(FileName, output.Buffer, 0, SealedFile.HeadBytes + output.Length);
        }
        catch (Exception)
        {
            // Of memory there may be none: a reboot is perhaps due for just that.
            return false;
        }
    }
}
