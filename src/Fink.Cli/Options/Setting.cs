namespace Fink.Cli.Options;

/// <summary>A value that a command goes by, and where it came from.</summary>
/// <param name="Name">Its key in <c>config show</c>.</param>
/// <param name="Value">Null when nothing sets it.</param>
/// <param name="Origin">The flag, <c>environment NAME</c>, <c>FILE:LINE</c>, or <c>default</c>.</param>
internal sealed record Setting(string Name, string? Value, string Origin)
{
    public const string Default = "default";

    public bool IsDefault => Origin == Default;
}
