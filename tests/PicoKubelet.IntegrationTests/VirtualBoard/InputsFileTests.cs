using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>The file that says what is wired to virtual boards.</summary>
[TestClass]
public class InputsFileTests
{
    [TestMethod]
    [DataRow("14=on")]
    [DataRow("64=low")]
    [DataRow("-1=low")]
    [DataRow("door=low")]
    [DataRow("14")]
    [DataRow("adc=3")]
    [DataRow("adc0=3.3")]
    [DataRow("i2c0x44=6")]
    [DataRow("i2c0x44=")]
    [DataRow("i2c0x144=66")]
    [DataRow("i2c44=66")]
    public void ALineThatSaysNothingOfTheKindIsNamed(string line)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("inputs", "14=low # the door\n\n" + line + "\n");

        CommandException refused = Assert.ThrowsExactly<CommandException>(() => new InputsFile(file).Apply([]));

        Assert.StartsWith("--inputs", refused.Message);
        Assert.Contains($"'{line}'", refused.Message);
    }

    [TestMethod]
    public void EveryKindOfLineIsTakenAndAFileThatIsGoneForAMomentChangesNothing()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("inputs", "# all of it\r\n14=low\r\n 15 = high \r\n16=free\r\nadc0=4095\r\ni2c0x44=BEef92\r\ni2c0x23=gone\r\n");
        var inputs = new InputsFile(file);

        inputs.Apply([]);
        File.Delete(file);
        inputs.Apply([]);

        Assert.ThrowsExactly<CommandException>(() => new InputsFile(file).Apply([]));
    }
}
