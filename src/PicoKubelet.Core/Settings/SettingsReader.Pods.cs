namespace PicoKubelet.Settings;

// What pods may have.
public sealed partial class SettingsReader
{
    private void ReadPods()
    {
        BeginObject("pods");
        while (_json.ReadName())
        {
            if (_json.NameIs("max"))
            {
                _settings.MaxPods = ReadNumber("pods.max", 0, 10);
            }
            else if (_json.NameIs("pins"))
            {
                Require(_json.BeginArrayOrSkip(), "pods.pins", "must be a list of pins' numbers");
                while (_json.NextElement())
                {
                    _settings.PodPins |= 1UL << ReadNumber("pods.pins", 0, 63);
                }
            }
            else
            {
                NoteUnknown("pods.");
            }
        }
    }
}
