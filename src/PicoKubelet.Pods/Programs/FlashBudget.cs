using PicoKubelet.Storage;

namespace PicoKubelet.Programs;

/// <summary>How the blocks of a board's storage are shared out among what is kept of pods.</summary>
internal sealed class FlashBudget
{
    // Settings, ConfigMap, boot record, and one in which one of them is written anew.
    private const int ReservedBlocks = FlashBlocks.OfNames + 4;
    private const int MaxCheckpointBlocks = 16;

    // With 8 KB of lines, as boards with room in the heap have them.
    private const int LogBlocks = 3;

    /// <summary>Shares out a storage.</summary>
    /// <param name="storageBytes">Its size.</param>
    /// <param name="pods">The most pods.</param>
    public FlashBudget(long storageBytes, int pods)
    {
        int blocks = (int)(storageBytes / FlashBlocks.Bytes) - ReservedBlocks;
        blocks = blocks < 0 ? 0 : blocks;
        ProgramBlocks = blocks / 2;

        // One of a Pico W's two: a program alone does not run.
        int files = (blocks + 2) / 4;
        PodFiles = files < pods ? files : pods;

        // What is left, but for the log's last lines.
        int left = blocks - ProgramBlocks - PodFiles - LogBlocks;
        CheckpointBlocks = left < 0 ? 0 : left < MaxCheckpointBlocks ? left : MaxCheckpointBlocks;
    }

    /// <summary>Gets the blocks for programs.</summary>
    public int ProgramBlocks { get; }

    /// <summary>Gets how many pods are kept, a file and a block each.</summary>
    public int PodFiles { get; }

    /// <summary>Gets the blocks for what programs have come to.</summary>
    public int CheckpointBlocks { get; }
}
