namespace Fink.Cli.Completions;

/// <summary>Names that only the cluster knows.</summary>
internal enum NameKind
{
    Topic,
    User,
    Group,
}
