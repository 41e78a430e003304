using PicoKubelet.Http.Server;

namespace PicoKubelet.Tests.Http.Server;

/// <summary>One route for all below a path, and one for a path alone; one endpoint answers both.</summary>
internal sealed class TwoRoutes : Routes
{
    private readonly IEndpoint _endpoint;

    public TwoRoutes(IEndpoint endpoint)
    {
        _endpoint = endpoint;
    }

    public override int Count => 2;

    protected override string PathOf(int index)
    {
        return index == 0 ? "/logs" : "/exact";
    }

    protected override bool HoldsBelow(int index)
    {
        return index == 0;
    }

    protected override Access AccessOf(int index)
    {
        return Access.Open;
    }

    protected override IEndpoint MakeEndpoint(int index)
    {
        return _endpoint;
    }
}
