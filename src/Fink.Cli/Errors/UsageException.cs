namespace Fink.Cli.Errors;

/// <summary>What the user wrote cannot be done as written; nothing was tried.</summary>
internal sealed class UsageException(string message) : Exception(message);
