using PicoKubelet.Logging;
using PicoKubelet.Settings;

namespace PicoKubelet.Http.Server;

/// <summary>
/// Asks the cluster who a client of the port is and what it may, as a kubelet does: for a port that speaks TLS, so that what clients show can
/// not be read on the way. A device has none.
/// </summary>
public interface IReviewer
{
    /// <summary>Begins, once there are settings. Nothing is asked yet.</summary>
    /// <param name="settings">The settings in force, with what the board signs in with.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="log">The log.</param>
    void Begin(DeviceSettings settings, string nodeName, Logger log);

    /// <summary>Decides about a request whose client shows something else than the port's own token and the API server's certificate.</summary>
    /// <param name="authorization">Its <c>Authorization</c>, or null.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="message">What the client is told.</param>
    /// <returns>The status code: 200 where it may go on; 0 where nobody known asks.</returns>
    int Review(string authorization, IClientConnection connection, ServerRequest request, out string message);
}
