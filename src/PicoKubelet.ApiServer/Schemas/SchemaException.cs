namespace PicoKubelet.ApiServer.Schemas;

/// <summary>A document does not have the shape of its type.</summary>
internal sealed class SchemaException(string message) : Exception(message);
