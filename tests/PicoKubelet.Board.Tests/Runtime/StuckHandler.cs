using System.Threading;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Tests.Runtime;

/// <summary>Serves nobody until it is released.</summary>
internal sealed class StuckHandler : IHandlerFactory, IRequestHandler
{
    private readonly ManualResetEvent _released = new ManualResetEvent(false);

    public IRequestHandler CreateHandler()
    {
        return this;
    }

    public void Serve(IClientConnection connection)
    {
        _released.WaitOne();
    }

    public void Release()
    {
        _released.Set();
    }
}
