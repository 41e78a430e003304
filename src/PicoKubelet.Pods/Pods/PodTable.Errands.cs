namespace PicoKubelet.Pods;

// What is to be told of pods that this node does not run.
public sealed partial class PodTable
{
    /// <summary>Gets the oldest errand. The gate is to be held.</summary>
    /// <returns>The errand; there has to be one.</returns>
    public PodErrand PeekErrand()
    {
        return _errands[0];
    }

    /// <summary>Drops the oldest errand: it is done.</summary>
    public void DropErrand()
    {
        lock (Gate)
        {
            _errandCount--;
            for (int i = 0; i < _errandCount; i++)
            {
                _errands[i] = _errands[i + 1];
            }

            _errands[_errandCount] = null;
        }
    }

    private void AddErrand(PodReader reader, string reason, string message)
    {
        for (int i = 0; i < _errandCount; i++)
        {
            if (_errands[i].Uid == reader.Uid && (_errands[i].Reason == null) == (reason == null))
            {
                return;
            }
        }

        if (_errandCount == MaxErrands)
        {
            IsIncomplete = true;
            return;
        }

        _errands[_errandCount++] = new PodErrand(reader.Namespace, reader.Name, reader.Uid, reason, message);
    }
}
