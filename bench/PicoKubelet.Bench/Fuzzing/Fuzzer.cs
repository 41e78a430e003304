using System.Diagnostics;
using System.Globalization;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>Feeds inputs to the targets, and prints those that break one so that they can be fed again.</summary>
internal static class Fuzzer
{
    private const int MaxFailures = 5;
    private const int MaxShown = 300;
    private const int Round = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly int[] PieceSizes = [1, 7, 512, int.MaxValue];

    /// <summary>Makes all targets.</summary>
    public static IReadOnlyList<FuzzTarget> NewTargets() =>
        [new RequestTarget(), new ReplyTarget(), new ConfigMapTarget(), new SettingsTarget(), new StoredTarget(), new JsonTarget(), new PodTarget(), new StateTarget()];

    /// <summary>Runs all targets, or one.</summary>
    /// <param name="inputs">How many inputs, over all targets.</param>
    /// <param name="seed">What all chance comes from.</param>
    /// <param name="name">The one target, or null.</param>
    /// <param name="only">The number of the one input, or -1.</param>
    /// <param name="report">Where the summary goes.</param>
    /// <returns>What does not hold.</returns>
    public static List<string> Run(int inputs, int seed, string? name, int only, Report report)
    {
        List<string> violations = [];
        List<string[]> rows = [];
        FuzzTarget[] targets = [.. NewTargets().Where(target => name is null || target.Name == name)];
        Stopwatch all = Stopwatch.StartNew();
        foreach (FuzzTarget target in targets)
        {
            rows.Add(Run(target, inputs / targets.Length, seed, only, violations, report));
        }

        report.Text(string.Create(CultureInfo.InvariantCulture, $"{inputs:N0} inputs, seed {seed}, in {all.Elapsed.TotalSeconds:F0} s."));
        report.Table(["target", "inputs", "taken for right", "most B allocated", "bound", "inputs/s", "failures"], rows);
        return violations;
    }

    private static string[] Run(FuzzTarget target, int inputs, int seed, int only, List<string> violations, Report report)
    {
        Mutator mutator = new(target);
        Stopwatch watch = Stopwatch.StartNew();
        long most = 0;
        int failures = 0;
        int first = Math.Max(0, only);
        int end = only < 0 ? inputs : only + 1;
        using Watchdog watchdog = new(target.Name, seed);

        // What is made once is not an input's.
        foreach (byte[] sample in target.Corpus)
        {
            Array.ForEach(PieceSizes, size => target.Feed(sample, size));
        }

        for (int number = first; number < end && failures < MaxFailures; number++)
        {
            if (number % Round == 0)
            {
                report.Stop.ThrowIfCancellationRequested();
                report.Progress.Say($"{target.Name}: {number:N0} of {end:N0} inputs");
            }

            Random random = new(HashCode(seed, number));
            byte[] input = mutator.Make(random);
            int pieceSize = PieceSizes[random.Next(PieceSizes.Length)];
            watchdog.Number = number;
            string? failure = Try(target, input, pieceSize, ref most);
            if (failure is not null)
            {
                failures++;
                byte[] small = Shrink(target, input, pieceSize);
                violations.Add($"fuzz --target {target.Name} --seed {seed} --input {number}: {failure}; pieces of {pieceSize}, {small.Length} bytes do: {Shown(small)}");
            }
        }

        return
        [
            target.Name,
            Number(end - first),
            Number(target.Accepted),
            Number(most),
            Number(target.MaxAllocation) + (target.MaxAllocationPerByte > 0 ? $" + {target.MaxAllocationPerByte} a byte" : ""),
            Number((long)((end - first) / watch.Elapsed.TotalSeconds)),
            Number(failures),
        ];
    }

    private static string? Try(FuzzTarget target, byte[] input, int pieceSize, ref long most)
    {
        try
        {
            long allocated = target.Feed(input, pieceSize);
            most = Math.Max(most, allocated);
            return allocated <= target.MaxAllocation + ((long)target.MaxAllocationPerByte * input.Length) ? null : $"{allocated} bytes allocated";
        }
        catch (FuzzFailure e)
        {
            return e.Message;
        }
        catch (Exception e)
        {
            return "escapes: " + e.GetType().Name + ": " + e.Message + " " + e.StackTrace?.Split('\n')[0].Trim();
        }
    }

    // The seed and the number make the whole of it again.
    private static string Shown(byte[] input) => Convert.ToHexString(input, 0, Math.Min(input.Length, MaxShown)) + (input.Length > MaxShown ? "..." : "");

    /// <summary>Takes away what the failure does not need.</summary>
    private static byte[] Shrink(FuzzTarget target, byte[] input, int pieceSize)
    {
        long most = 0;
        for (int length = input.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= input.Length;)
            {
                byte[] smaller = [.. input.AsSpan(0, at), .. input.AsSpan(at + length)];
                if (Try(target, smaller, pieceSize, ref most) is null)
                {
                    at += length;
                }
                else
                {
                    input = smaller;
                }
            }
        }

        return input;
    }

    // Numbers that follow each other make seeds that do not.
    private static int HashCode(int seed, int number) => unchecked((seed * 486187739) + (number * -1640531535));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Ends the program where one input takes for ever, and says which.</summary>
    private sealed class Watchdog : IDisposable
    {
        private readonly string _target;
        private readonly int _seed;
        private readonly Timer _timer;
        private int _last = -1;

        public Watchdog(string target, int seed)
        {
            _target = target;
            _seed = seed;
            _timer = new Timer(_ => Look(), null, Patience, Patience);
        }

        public volatile int Number = -1;

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            if (Number == _last && Number >= 0)
            {
                Console.Error.WriteLine($"does not end: fuzz --target {_target} --seed {_seed} --input {Number}");
                Environment.Exit(3);
            }

            _last = Number;
        }
    }
}
