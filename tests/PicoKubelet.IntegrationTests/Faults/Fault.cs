namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>A way to answer a request.</summary>
/// <param name="exchange">The request.</param>
/// <returns>Whether the connection stays open for another request.</returns>
internal delegate Task<bool> Fault(Exchange exchange);
