namespace Fink.Distribution.Configuration.Shell;

/// <summary>What the assignments read so far have set, and which names only a shell could know.</summary>
internal sealed class ShellVariables(IReadOnlyDictionary<string, string> environment)
{
    private readonly Dictionary<string, ConfValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, ConfValue>> _arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _unknown = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ConfValue> Values => _values;

    public IReadOnlyDictionary<string, SortedDictionary<int, ConfValue>> Arrays => _arrays;

    /// <summary>Whether only a shell could know the value; <paramref name="isExpected"/>: and the original's file is like that.</summary>
    public bool IsUnknown(string name, out bool isExpected) => _unknown.TryGetValue(name, out isExpected);

    public string? Lookup(string name, int? index)
    {
        if (index is null && _values.TryGetValue(name, out var value))
        {
            return value.Text;
        }

        return _arrays.TryGetValue(name, out var array)
            ? array.GetValueOrDefault(index ?? 0)?.Text
            : index is null or 0 ? environment.GetValueOrDefault(name) : null;
    }

    public void Set(ConfValue value)
    {
        _unknown.Remove(value.Name);
        _values[value.Name] = value;
    }

    public void SetEntry(string array, int index, ConfValue value)
    {
        if (!_arrays.TryGetValue(array, out var entries))
        {
            _arrays.Add(array, entries = []);
        }

        _unknown.Remove(array);
        entries[index] = value;
    }

    /// <summary>Empties an array, as <c>NAME=(…)</c> does before it fills it.</summary>
    public void ClearArray(string array) => _arrays.Remove(array);

    public int NextIndex(string array) => _arrays.TryGetValue(array, out var entries) ? entries.Keys.Last() + 1 : 0;

    public void Unset(string name)
    {
        _values.Remove(name);
        _arrays.Remove(name);
        _unknown.Remove(name);
    }

    /// <summary>The value depends on something that is not run.</summary>
    public void SetUnknown(string name, bool isExpected)
    {
        _values.Remove(name);
        _unknown[name] = isExpected;
    }
}
