using PicoKubelet.Text;

namespace PicoKubelet.Settings;

// What pods may have.
public sealed partial class SettingsReader
{
    // A host of 253 characters and a port.
    private const int MaxRegistryBytes = 260;

    // 0x and two digits.
    private const int MaxI2cBytes = 4;

    // Of a pin or an analog channel: more than any board has.
    private const int MaxNumber = 63;

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
                ReadNumbers("pods.pins", 0, ExtendedResources.MaxPins);
            }
            else if (_json.NameIs("analog"))
            {
                ReadNumbers("pods.analog", ExtendedResources.Analog, ExtendedResources.MaxAnalog);
            }
            else if (_json.NameIs("i2c"))
            {
                ReadI2cAddresses();
            }
            else if (_json.NameIs("insecureRegistries"))
            {
                ReadInsecureRegistries();
            }
            else if (_json.NameIs("registryCa"))
            {
                _settings.RegistryCa = PemCertificates.Check("pods.registryCa", ReadText("pods.registryCa", MaxPemBytes));
            }
            else
            {
                NoteUnknown("pods.");
            }
        }
    }

    /// <summary>Reads resources that are named by their numbers.</summary>
    private void ReadNumbers(string field, int first, int most)
    {
        int count = 0;
        Require(_json.BeginArrayOrSkip(), field, "must be a list of numbers");
        while (_json.NextElement())
        {
            Require(++count <= most, field, "at most " + most.ToString());
            Offer(first + ReadNumber(field, 0, MaxNumber));
        }
    }

    private void ReadI2cAddresses()
    {
        const string Field = "pods.i2c";
        int count = 0;
        Require(_json.BeginArrayOrSkip(), Field, "must be a list of addresses");
        while (_json.NextElement())
        {
            Require(++count <= ExtendedResources.MaxI2c, Field, "at most " + ExtendedResources.MaxI2c.ToString());
            string address = ReadText(Field, MaxI2cBytes);
            int resource = address.StartsWith("0x") ? ExtendedResources.Parse(ExtendedResources.I2cPrefix + address.Substring(2).ToLower()) : -1;
            Require(resource >= 0, Field, "each must be a string from \"0x08\" to \"0x77\"");
            Offer(resource);
        }
    }

    private void Offer(int resource)
    {
        _settings.PodResources ??= new ExtendedResources();
        _settings.PodResources.Add(resource);
    }

    private void ReadInsecureRegistries()
    {
        const string Field = "pods.insecureRegistries";
        Require(_json.BeginArrayOrSkip(), Field, "must be a list of registries");
        string[] registries = Strings.NewArray(DeviceSettings.MaxInsecureRegistries);
        int count = 0;
        while (_json.NextElement())
        {
            Require(count < registries.Length, Field, "at most " + registries.Length.ToString());
            string registry = ReadText(Field, MaxRegistryBytes);
            Require(registry.IndexOf('/') < 0 && ApiEndpoint.Parse("http://" + registry) != null, Field, "each must be a host, or host:port, such as 192.168.1.10:5000");
            registries[count++] = registry;
        }

        _settings.InsecureRegistries = registries;
    }
}
