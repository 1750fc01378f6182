namespace Fink.Viewer.Fits;

/// <summary>The bytes are no FITS image that can be shown; the message says why, as the end of a sentence.</summary>
public sealed class FitsException(string message, Exception? innerException = null) : Exception(message, innerException);
