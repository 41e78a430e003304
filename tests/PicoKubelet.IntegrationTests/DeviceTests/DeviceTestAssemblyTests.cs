using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.DeviceTests;

/// <summary>What the device asks of the unit tests, and the PC does not.</summary>
[TestClass]
public class DeviceTestAssemblyTests
{
    // The table's offsets have 16 bits, and what the metadata processor writes is larger than what is counted here by a seventh.
    private const int MaxStringTableBytes = 50 * 1024;

    /// <summary>Gets the names of all test projects for the device.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Repository.PathOf("tests"), "*.nfproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path));

    // The device's test launcher calls the methods of a test class without an instance, and all in one process.
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Test_classes_have_no_state(string name)
    {
        DeviceTestAssembly assembly = new(name);

        Assert.IsNotEmpty(assembly.TestClasses);
        Assert.IsEmpty(assembly.State, string.Join(", ", assembly.State.Select(field => $"{field.DeclaringType}.{field.Name}")));
    }

    // nanoFramework's metadata processor fails at it.
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void No_attribute_has_a_null(string name)
    {
        DeviceTestAssembly assembly = new(name);

        Assert.IsEmpty(assembly.MembersWithNulls, string.Join(", ", assembly.MembersWithNulls.Select(member => $"{member.DeclaringType}.{member.Name}")));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_string_table_has_room(string name)
    {
        int bytes = new DeviceTestAssembly(name).CountStringTableBytes();

        Assert.IsLessThan(MaxStringTableBytes, bytes, $"{name} has {bytes} bytes of strings: split the project.");
    }
}
