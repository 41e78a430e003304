namespace PicoKubelet.Settings;

// What pods may have.
public sealed partial class SettingsReader
{
    // Each is a line of the Node's capacity and one of the allocatable.
    private const int MaxPins = 8;

    private void ReadPods()
    {
        int pins = 0;
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
                    Require(++pins <= MaxPins, "pods.pins", "at most " + MaxPins.ToString());
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
