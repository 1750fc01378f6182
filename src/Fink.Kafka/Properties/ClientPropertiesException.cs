namespace Fink.Kafka.Properties;

/// <summary>A client properties file is missing or wrong. The message names file, line and key, never a value.</summary>
public sealed class ClientPropertiesException(string message, Exception? innerException = null)
    : Exception(message, innerException);
