namespace Fink.Distribution.Configuration;

/// <summary>A place in a configuration file; line and column count from 1, column 0 means the whole line.</summary>
public readonly record struct FilePosition(string File, int Line, int Column = 0)
{
    public override string ToString() => Column > 0 ? $"{File}:{Line}:{Column}" : $"{File}:{Line}";
}
