namespace Fink.Avro;

/// <summary>Columns that no Avro schema can be made of; the message names the column and the way out.</summary>
public sealed class AlertSchemaException(string message) : Exception(message);
