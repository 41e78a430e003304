using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

// Values for programs of pods, each under a key of its own.
public sealed partial class ConfigMapReader
{
    private const int MaxProgramValues = 8;
    private const int MaxProgramBytes = 64;
    private const int MaxProgramName = 32;

    /// <summary>Reads a value of a key that is none of the table's.</summary>
    private void ReadOther(JsonReader json, string key)
    {
        if (!key.StartsWith(ConfigurationKeys.ProgramPrefix))
        {
            Report.AddUnknown(key);
        }
        else if (_scope.HasPrograms)
        {
            ReadText(json);
            string name = key.Substring(ConfigurationKeys.ProgramPrefix.Length);
            if (IsForPrograms(name, json.IsTruncated))
            {
                SetProgramValue(name, _text.PartText());
                return;
            }

            Report.AddInvalid(key, _text, "must be " + ConfigurationKeys.ProgramRange);
            int last = _lastGood.Programs.IndexOf(name);
            if (last >= 0 && HasRoomFor(name))
            {
                SetProgramValue(name, _lastGood.Programs.Value(last));
            }
        }
    }

    private bool HasRoomFor(string name)
    {
        Labels values = Values.Programs;
        return values.Count == 0 || !values.IsFull || values.IndexOf(name) >= 0;
    }

    private bool IsForPrograms(string name, bool isTruncated)
    {
        return name.Length > 0 && name.Length <= MaxProgramName && KubernetesNames.IsLabelValue(name)
            && !isTruncated && _text.PartLength <= MaxProgramBytes && !_text.PartHasControls() && HasRoomFor(name);
    }

    private void SetProgramValue(string name, string value)
    {
        if (Values.Programs.Count == 0)
        {
            // What other sets of values share is not touched.
            Values.Programs = new Labels(MaxProgramValues);
        }

        Values.Programs.Set(name, value);
    }
}
