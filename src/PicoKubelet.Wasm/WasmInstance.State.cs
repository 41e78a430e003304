namespace PicoKubelet.Wasm;


/// <content>What a program has come to, kept and taken up again: in another instance of the same module and limits.</content>
public sealed partial class WasmInstance
{
    /// <summary>
    /// The version of what <see cref="Pass"/> writes: another one with each change of it, and of the code that modules are translated to, whose rows
    /// and registers are in it.
    /// </summary>
    public const int StateVersion = 1;

    /// <summary>Whether its state can be kept: one call is begun, and nothing of it is another instance's or the host's.</summary>
    public bool CanBeKept => ActiveCalls == 1 && _machine.CanBeKept && !Module.MemoryImported && !Module.TableImported && Module.ImportedGlobals == 0
        && !Module.DataTaken && (Table == null || Table.Owners == null);

    /// <summary>
    /// Writes the state of the call that is begun, with memory, globals and table; or takes one up, which <see cref="Run"/> goes on with: in an instance
    /// that has not run yet. One that failed to is good for nothing. Allocates next to nothing but what the program itself needs.
    /// </summary>
    /// <param name="state">Where to or from; see <see cref="WasmState.HasFailed"/>.</param>
    public void Pass(WasmState state)
    {
        NotRunning();
        state.Match(StateVersion);
        state.Match(Module.OpCodes.Length);
        if (state.IsReading)
        {
            Abort();
            _machine ??= new Machine(this, _limits);
        }
        else if (!CanBeKept)
        {
            state.Fail();
            return;
        }

        WakeAt = state.Wide(WakeAt);
        Status = (WasmStatus)state.Narrow((int)Status);
        for (var i = 0; i < Globals.Length; i++)
        {
            if (Globals[i].IsMutable)
            {
                Globals[i].Set(state.Wide(Globals[i].Bits));
            }
        }

        if (Status != WasmStatus.Waiting && Status != WasmStatus.OutOfFuel)
        {
            state.Fail();
        }

        PassTable(state);
        for (var i = 0; i < Module.DataSegments.Length; i++)
        {
            if (state.Narrow(_droppedData != null && _droppedData[i] ? 1 : 0) != 0)
            {
                DropData(i);
            }
        }

        if (Memory != null && !state.HasFailed)
        {
            if (Memory.Grow(state.Narrow(Memory.Pages) - Memory.Pages) < 0)
            {
                state.Fail();
            }
            else if (state.IsReading)
            {
                Memory.Take(state);
            }
            else
            {
                WriteMemory(state);
            }
        }

        if (!state.HasFailed)
        {
            _machine.Pass(state);
        }
    }

    private void PassTable(WasmState state)
    {
        for (var i = 0; i < Module.Elements.Length; i++)
        {
            if (state.Narrow(_droppedElements != null && _droppedElements[i] ? 1 : 0) != 0)
            {
                DropElements(i);
            }
        }

        for (var i = 0; Table != null && i < Table.Elements.Length && !state.HasFailed; i++)
        {
            var element = state.Narrow(Table.Elements[i]);
            if ((uint)element > (uint)Module.FunctionTypes.Length)
            {
                state.Fail();
                return;
            }

            Table.Elements[i] = element;
        }
    }

    // What differs from the memory of a new instance, by words: how many are as they were, how many are not, and those; none at the end.
    private void WriteMemory(WasmState state)
    {
        var first = new int[WasmMemory.BlockWords];
        var same = 0;
        for (var i = 0; i < Memory.Blocks.Length; i++)
        {
            var block = Memory.Blocks[i];
            if (!FillFirst(first, i << WasmMemory.BlockShift) && block == WasmMemory.Zeros)
            {
                same += WasmMemory.BlockWords;
                continue;
            }

            var word = 0;
            while (word < WasmMemory.BlockWords)
            {
                var from = word;
                while (word < WasmMemory.BlockWords && block[word] == first[word])
                {
                    word++;
                }

                same += word - from;
                from = word;
                while (word < WasmMemory.BlockWords && block[word] != first[word])
                {
                    word++;
                }

                if (word > from)
                {
                    state.Narrow(same);
                    state.Narrow(word - from);
                    same = 0;
                }

                for (; from < word; from++)
                {
                    state.Narrow(block[from]);
                }
            }
        }

        state.Narrow(0);
        state.Narrow(0);
    }

    // A block as the segments made it; false where none of them reaches it.
    private bool FillFirst(int[] block, int address)
    {
        var reaches = false;
        System.Array.Clear(block, 0, block.Length);
        for (var i = 0; i < Module.DataSegments.Length; i++)
        {
            var segment = Module.DataSegments[i];
            if (segment.Mode != Segment.Active)
            {
                continue;
            }

            var start = OffsetOf(segment) - address;
            var end = start + segment.Bytes.Length;
            for (var at = start < 0 ? 0 : start; at < end && at < WasmMemory.BlockBytes; at++)
            {
                var shift = (at & 3) << 3;
                reaches = true;
                block[at >> 2] = (block[at >> 2] & ~(255 << shift)) | (segment.Bytes[at - start] << shift);
            }
        }

        return reaches;
    }
}
