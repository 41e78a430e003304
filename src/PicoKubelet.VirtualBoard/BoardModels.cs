using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard;

/// <summary>The kinds of boards that can be simulated: those that the firmware has a profile of.</summary>
public static class BoardModels
{
    /// <summary>The name of the kind of board that is simulated unless another is asked for.</summary>
    public const string Default = "pico-w";

    /// <summary>The name of the kind of board that is simulated where one with an access point is needed.</summary>
    public const string DefaultWithAccessPoint = "esp32-s3";

    // What the libraries and the firmware's buffers and threads take of a device's heap (docs/memory.md).
    private const long TakenHeap = 62 * 1024;

    // The full names of the build targets of which the profiles have the beginnings.
    private static readonly string[] TargetNames =
    [
        "PICO2_RP2350_W", "PICO_RP2040_W", "ESP32_S3_QUAD", "ESP32_S2_USB", "ESP32_C3_REV3", "ESP32_C6_THREAD", "ESP32_REV0",
    ];

    // Eight megabytes, whose largest block is the heap but for some 1.2 MB.
    private const long PsramHeap = 6800 * 1024;

    /// <summary>Gets all of them, each with the least memory that it is sold with.</summary>
    public static IReadOnlyList<BoardModel> All { get; } = [.. Enumerable.Range(0, BoardProfiles.Count).Select(index => FromProfile(BoardProfiles.Get(index)))];

    /// <summary>Gets one with PSRAM, which has room for what others leave out.</summary>
    public static BoardModel WithPsram { get; } = All.First(model => model.Name == DefaultWithAccessPoint) with
    {
        Name = DefaultWithAccessPoint + "-psram",
        TotalHeap = PsramHeap,
        FreeHeap = PsramHeap - TakenHeap,
    };

    /// <summary>Finds a kind of board. A build target that has no profile is simulated too, as the firmware would find it.</summary>
    /// <param name="board">A name, or the name of a build target.</param>
    /// <returns>The kind of board.</returns>
    public static BoardModel Find(string board)
    {
        return TryFind(board) ?? FromProfile(BoardProfiles.ForTarget(board)) with { TargetName = board };
    }

    /// <summary>Finds a kind of board that has a profile.</summary>
    /// <param name="board">A name, or the name of a build target.</param>
    /// <returns>The kind of board, or null where there is none.</returns>
    public static BoardModel? TryFind(string board)
    {
        return All.Append(WithPsram).FirstOrDefault(model =>
            board.Equals(model.Name, StringComparison.OrdinalIgnoreCase) || board.Equals(model.TargetName, StringComparison.OrdinalIgnoreCase));
    }

    private static BoardModel FromProfile(BoardProfile profile)
    {
        string target = Array.FindLast(TargetNames, name => name.StartsWith(profile.TargetPrefix, StringComparison.Ordinal)) ?? profile.TargetPrefix;
        return new BoardModel(profile.Name, target, profile.HeapBytes, profile.HeapBytes - TakenHeap, profile.StorageBytes);
    }
}
