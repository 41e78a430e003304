using System.Text;
using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Http;

/// <summary>
/// /openapi/v2 without any definitions: kubectl then validates nothing itself, and takes the merge keys of the types
/// that it knows.
/// </summary>
internal static class OpenApi2
{
    private const string ProtobufType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    // openapi_v2.Document: swagger = 1, info = 2 { title = 1, version = 2 }, paths = 8
    private static readonly byte[] Protobuf =
        [0x0a, 3, .. "2.0"u8, 0x12, 21, 0x0a, 10, .. "Kubernetes"u8, 0x12, 7, .. "v1.32.0"u8, 0x42, 0];

    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        """{"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.32.0"},"paths":{},"definitions":{}}""");

    public static Task WriteAsync(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal)
            ? Replies.WriteAsync(context, 200, Protobuf, ProtobufType)
            : Replies.WriteAsync(context, 200, Json, "application/json");
}
