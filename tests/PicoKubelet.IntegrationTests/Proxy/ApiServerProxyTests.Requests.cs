using PicoKubelet.IntegrationTests.Clusters;

namespace PicoKubelet.IntegrationTests.Proxy;

// What is asked for.
public abstract partial class ApiServerProxyTests
{
    /// <summary>Gets what passes: the method and the target, and whether it is the API server's answer that comes back.</summary>
    // Of boards without room; whether they may see their pods is the cluster's affair.
    private const string RefusedPods = "/api/v1/pods?resourceVersion=0&fieldSelector=spec.nodeName%3Dpico-1%2Cstatus.phase%21%3DFailed%2Cstatus.phase%21%3DSucceeded";

    private static string[] Passing =>
    [
        "GET /version",
        "POST /api/v1/nodes",
        "GET /api/v1/nodes/pico-1",
        "GET /api/v1/nodes/pico-1.example.org",
        "PATCH /api/v1/nodes/pico-1",
        "PATCH /api/v1/nodes/pico-1/status",
        $"POST {Leases}",
        $"PATCH {Leases}/pico-1",
        $"GET {ConfigMaps}/pico-1",
        $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dpico-1&timeoutSeconds=1",
        $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dpico-1&timeoutSeconds=1&resourceVersion=12",
        $"GET {RefusedPods}",
        "PATCH /api/v1/namespaces/default/pods/web-1/status",
        "DELETE /api/v1/namespaces/default/pods/web-1",
        "POST /api/v1/namespaces/default/events",
        "PATCH /api/v1/namespaces/default/events/pico-1.0123456789abcdef",
    ];

    private static string[] Refused =>
    [
        // Other things.
        "GET /", "GET /api", "GET /apis", "GET /healthz", "GET /metrics", "GET /openapi/v2", "GET /logs", "GET /livez",
        "GET /api/v1/secrets", "GET /api/v1/namespaces/kube-system/secrets", "GET /api/v1/namespaces/default/secrets/x",
        "GET /api/v1/pods", "GET /api/v1/namespaces", $"GET /api/v1/namespaces/{BoardIdentities.Namespace}",
        $"POST /api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts/pico-1/token",
        "POST /api/v1/namespaces/default/pods", "DELETE /api/v1/namespaces/default/pods", "GET /api/v1/namespaces/default/pods/x", "POST /api/v1/namespaces/default/pods/x/eviction",
        "POST /apis/authentication.k8s.io/v1/tokenreviews", "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "GET /apis/rbac.authorization.k8s.io/v1/clusterroles",
        "GET /api/v1/namespaces/default/configmaps/pico-1", "GET /api/v1/namespaces/kube-system/configmaps/pico-1",
        "POST /api/v1/namespaces/kube-system/events", "GET /api/v1/namespaces/default/events",
        "GET /api/v1/nodes/pico-1/proxy/metrics", "GET /api/v1/nodes/pico-1/status", "GET /api/v1/proxy/nodes/pico-1",

        // Collections, which name nobody.
        "GET /api/v1/nodes", "GET /api/v1/nodes?limit=1", $"GET {ConfigMaps}", $"GET {ConfigMaps}?watch=true",
        $"GET {ConfigMaps}?watch=true&fieldSelector=metadata.name%3Dpico-1&timeoutSeconds=1",
        $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.namespace%3Dpicokubelet&timeoutSeconds=1",
        $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dpico-1&timeoutSeconds=1&fieldSelector=",
        $"GET {ConfigMaps}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name!%3Dpico-1&timeoutSeconds=1",
        $"GET {Leases}", "DELETE /api/v1/nodes",

        // Other methods.
        "DELETE /api/v1/nodes/pico-1", "PUT /api/v1/nodes/pico-1", "PUT /api/v1/nodes/pico-1/status", "POST /api/v1/nodes/pico-1",
        $"DELETE {Leases}/pico-1", $"PUT {Leases}/pico-1", $"GET {Leases}/pico-1", $"PATCH {ConfigMaps}/pico-1", $"DELETE {ConfigMaps}/pico-1",
        $"POST {ConfigMaps}", "DELETE /api/v1/namespaces/default/events/x", "HEAD /version", "POST /version", "OPTIONS /version", "TRACE /version",
        "PROPFIND /version", "GETT /version",

        // Queries where there are none.
        "GET /version?", "GET /version?x=1", "GET /api/v1/nodes/pico-1?watch=true", "PATCH /api/v1/nodes/pico-1?force=true&fieldManager=x",
        "POST /api/v1/nodes?dryRun=All", $"GET {ConfigMaps}/pico-1?pretty=true", "GET /api/v1/nodes/pico-1#/status",

        // Other ways to write a path.
        "GET //version", "GET /version/", "GET /./version", "GET /x/../version", "GET /version/../api/v1/secrets", "GET /%76ersion",
        "GET /version%00", "GET /version;x", "GET /version%2f..%2fapi%2fv1%2fsecrets", "GET /version..;/api/v1/secrets", "GET /Version", "POST /API/v1/nodes", "POST /api/v1/namespaces/default/Events",
        "GET /api/v1/nodes/pico-1/../../secrets", "GET /api/v1/nodes/pico-1/..;/..;/secrets", "GET /api/v1/nodes/..%2fsecrets",
        "GET /api/v1/nodes/%2e%2e/secrets", "GET /api/v1/nodes/../secrets", "GET /api/v1/nodes//pico-1", "GET /api/v1//nodes/pico-1",
        "GET /api/v1/nodes/..", "GET /api/v1/nodes/.", "GET /api/v1/nodes/.hidden", "GET /api/v1/nodes/pico-1/", "GET /api/v1/nodes/Pico-1",
        "GET /api/v1/nodes/pico%2d1", "GET /api/v1/nodes/pico-1%2fstatus", "GET /api/v1/nodes/pico-1%00", "GET /api/v1/nodes/pico_1",
        $"GET {ConfigMaps}/../secrets/x", $"GET {ConfigMaps}/..%2fsecrets%2fx", $"GET {ConfigMaps}/pico-1/../../secrets",
        "GET /api/v1/namespaces/picokubelet/../kube-system/configmaps/x", "GET /api/v1/namespaces/picokubelet%2f..%2fkube-system/configmaps/x",
        "GET /api/v1/namespaces//configmaps/x", "GET http://proxy/api/v1/secrets", "GET http://elsewhere/api/v1/secrets",
    ];

    // The right to see its pods is one that a board with a token may be given or not.
    private static bool IsRefused(string logLine)
    {
        return StatusOf(logLine) is 400 or 403 or 429 or >= 500
            && !(logLine.Contains("\"GET /api/v1/pods?", StringComparison.Ordinal) && logLine.EndsWith(" 403", StringComparison.Ordinal));
    }
}
