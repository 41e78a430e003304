using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

// Kept over a reboot that was asked for: a program may tell what it has to only once.
public sealed partial class ProgramReports
{
    /// <summary>Writes what a program has reported, or has it reported again.</summary>
    internal static void Pass(WasmState state, IProgramOwner owner)
    {
        ProgramReports reports = state.IsReading ? null : owner.MakeReports();
        int count = state.Narrow(reports == null ? 0 : reports.Count);
        byte[] name = new byte[PicoModule.MaxNameBytes];
        for (int i = 0; i < count && i < Most; i++)
        {
            reports ??= owner.MakeReports();
            string text = state.IsReading ? "" : reports._names[i];
            int length = state.Narrow(text.Length);
            for (int k = 0; k < length && k < name.Length; k++)
            {
                name[k] = (byte)state.Narrow(state.IsReading ? 0 : text[k]);
            }

            bool isCounter = state.Narrow(reports.IsCounter(i) ? 1 : 0) != 0;
            bool isShown = state.Narrow(reports.IsShown(i) ? 1 : 0) != 0;
            long value = state.Wide(reports._thousandths[i]);
            int index = state.IsReading && !state.HasFailed && isShown ? reports.FindOrAdd(name, length, isCounter) : -1;
            if (index >= 0)
            {
                reports.Set(index, value);
            }
        }
    }
}
