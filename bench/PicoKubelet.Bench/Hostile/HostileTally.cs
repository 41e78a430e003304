using System.Collections.Concurrent;
using System.Text;
using PicoKubelet.Bench.Fuzzing;

namespace PicoKubelet.Bench.Hostile;

/// <summary>What clients got for what they did.</summary>
/// <param name="stop">Ends the clients early.</param>
internal sealed class HostileTally(CancellationToken stop)
{
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private int _clients;
    private int _unanswered;

    /// <summary>Gets what ends the clients early.</summary>
    public CancellationToken Stop { get; } = stop;

    public int Clients => _clients;

    /// <summary>Gets answers that were not one, each kind once.</summary>
    public ConcurrentDictionary<string, bool> Violations { get; } = new();

    /// <summary>Gets how often each status was the answer.</summary>
    public string Statuses => string.Join(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}").Append($"none: {_unanswered}"));

    /// <summary>Gets whether only these statuses were answers, or that the request came too slowly: 408, and 503 where others waited.</summary>
    public bool HasOnly(params int[] allowed) => _statuses.Keys.All(status => status is 408 or 503 || allowed.Contains(status));

    public int CountOf(int status) => _statuses.GetValueOrDefault(status);

    /// <summary>Takes note of an answer; an empty one is none, which a reset makes of any.</summary>
    public void Note(byte[] answer, bool isHead = false)
    {
        Interlocked.Increment(ref _clients);
        if (answer.Length == 0)
        {
            Interlocked.Increment(ref _unanswered);
            return;
        }

        try
        {
            int status = AnswerCheck.Check(answer, isHead);
            _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        }
        catch (FuzzFailure e)
        {
            Violations[e.Message + ": " + Encoding.Latin1.GetString(answer.AsSpan(0, Math.Min(80, answer.Length)))] = true;
        }
    }
}
