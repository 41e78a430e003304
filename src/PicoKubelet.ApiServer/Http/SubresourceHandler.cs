using PicoKubelet.ApiServer.Certificates;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Answers what goes to a <see cref="Subresource"/>.</summary>
internal sealed class SubresourceHandler(ObjectStore store, TokenTable tokens, ObjectWriter writer, Signer? signer, KubeletClient kubelets, ApiServerOptions options)
{
    private readonly TokenHandler _tokens = new(store, tokens, options.Time);
    private readonly BindingHandler _binding = new(store, options.Time);
    private readonly EvictionHandler _eviction = new(store);
    private readonly KubeletHandler _kubelets = new(store, kubelets);
    private readonly ApprovalHandler _approval = new(store, writer, signer, options.Time);
    private readonly ScaleHandler _scale = new(store);

    /// <summary>Answers a call.</summary>
    /// <exception cref="ApiException">It can not be done.</exception>
    public Task HandleAsync(ApiCall call, Subresource subresource)
    {
        if (!subresource.Verbs.Contains(call.Verb))
        {
            throw Failures.MethodNotAllowed();
        }
        return subresource.Name switch
        {
            "token" => _tokens.CreateAsync(call),
            "approval" => _approval.HandleAsync(call),
            "binding" => _binding.CreateAsync(call),
            "eviction" => _eviction.CreateAsync(call),
            "log" => _kubelets.LogAsync(call),
            "proxy" => _kubelets.ProxyAsync(call),
            "scale" => call.Verb == "get" ? _scale.GetAsync(call) : _scale.WriteAsync(call),
            _ => _kubelets.StreamAsync(call),
        };
    }
}
