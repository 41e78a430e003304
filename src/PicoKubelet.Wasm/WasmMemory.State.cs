namespace PicoKubelet.Wasm;


/// <content>What differs from a new memory, taken up again.</content>
public sealed partial class WasmMemory
{
    /// <summary>Reads what <see cref="WasmInstance.Pass"/> wrote of a memory.</summary>
    internal void Take(WasmState state)
    {
        var words = Size >> 2;
        var word = 0;
        while (!state.HasFailed)
        {
            var same = state.Narrow(0);
            var count = state.Narrow(0);
            if (count == 0)
            {
                return;
            }

            if (same < 0 || count < 0 || same > words - word || count > words - word - same)
            {
                state.Fail();
                return;
            }

            word += same;
            for (; count > 0 && !state.HasFailed; count--)
            {
                var value = state.Narrow(0);
                var block = BlockFor(word << 2, value != 0);
                if (block != null)
                {
                    block[word & LastWord] = value;
                }
                else if (value != 0)
                {
                    state.Fail();
                }

                word++;
            }
        }
    }
}
