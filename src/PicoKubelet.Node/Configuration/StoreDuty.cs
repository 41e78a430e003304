using PicoKubelet.Api;
using PicoKubelet.Runtime;

namespace PicoKubelet.Configuration;

/// <summary>Stores the configuration in force, in the buffer of the requests.</summary>
internal sealed class StoreDuty : INodeDuty
{
    private readonly ConfigurationStore _store;
    private readonly NodeConfiguration _configuration;
    private readonly ApiClient _client;

    public StoreDuty(ConfigurationStore store, NodeConfiguration configuration, ApiClient client)
    {
        _store = store;
        _configuration = configuration;
        _client = client;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return _store.UntilDue();
    }

    /// <inheritdoc/>
    public bool Do()
    {
        _store.Save(_configuration.Values, _client.BorrowBody());
        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }
}
