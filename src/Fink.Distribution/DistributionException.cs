namespace Fink.Distribution;

/// <summary>A distribution could not begin or go on. The message says where, why and what to do.</summary>
public sealed class DistributionException(string message, Exception? innerException = null) : Exception(message, innerException);
