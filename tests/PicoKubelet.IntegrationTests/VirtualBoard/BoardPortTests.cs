using System.Net;
using System.Net.Sockets;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class BoardPortTests
{
    [TestMethod]
    public void ABoardWhosePortAnotherProgramHasIsNotStarted()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        CommandException refused = Assert.ThrowsExactly<CommandException>(() => BoardPort.Check("127.0.0.1", port));

        StringAssert.StartsWith(refused.Message, $"--address: another program listens on 127.0.0.1:{port}");
        StringAssert.Contains(refused.Message, "kubelet.port");
    }

    [TestMethod]
    public void APortThatIsFreeStaysFree()
    {
        using TcpListener once = new(IPAddress.Loopback, 0);
        once.Start();
        int port = ((IPEndPoint)once.LocalEndpoint).Port;
        once.Stop();

        BoardPort.Check("127.0.0.1", port);
        BoardPort.Check("127.0.0.1", port);
    }

    [TestMethod]
    public void AnAddressThatThisPcDoesNotHaveIsTheBoardsToWaitFor()
    {
        BoardPort.Check("192.0.2.1", 10250);
    }
}
