namespace PicoKubelet.Bench.Fuzzing;

/// <summary>A part of the firmware that reads what others write, and what must hold whatever that is.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Gets the name.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the inputs that mutation begins with; all of them are right.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Gets words that mean something to the target.</summary>
    public abstract IReadOnlyList<byte[]> Dictionary { get; }

    /// <summary>Gets how inputs are made of each other beyond single bytes.</summary>
    public abstract FuzzGrammar Grammar { get; }

    /// <summary>Gets the most bytes that the firmware may allocate for any input.</summary>
    public abstract int MaxAllocation { get; }

    /// <summary>Gets the most bytes that it may allocate on top of that for each of an input's, all of them garbage at once.</summary>
    public virtual int MaxAllocationPerByte => 0;

    /// <summary>Gets how many inputs were taken for right, so that a run that tests nothing shows.</summary>
    public int Accepted { get; protected set; }

    /// <summary>Feeds an input to the firmware.</summary>
    /// <param name="input">The input.</param>
    /// <param name="pieceSize">How many bytes of it arrive at a time.</param>
    /// <returns>The bytes that the firmware allocated.</returns>
    /// <exception cref="FuzzFailure">A property does not hold.</exception>
    public abstract long Feed(byte[] input, int pieceSize);

    /// <summary>Fails unless something holds.</summary>
    protected static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new FuzzFailure(what);
        }
    }
}
