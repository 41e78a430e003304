using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Http;

/// <summary>A request that ends in a Status object.</summary>
internal sealed class ApiException(JsonObject status, int code) : Exception(status["message"]?.ToString())
{
    /// <summary>The Status object.</summary>
    public JsonObject Status { get; } = status;

    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;
}
