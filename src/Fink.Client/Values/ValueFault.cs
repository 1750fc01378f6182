using Fink.Client.Plans;

namespace Fink.Client.Values;

/// <summary>What was asked of a value and is not in it, with where it was asked.</summary>
internal static class ValueFault
{
    public static InvalidOperationException IsNo(AlertValue value, string wanted) =>
        new($"{Article(value.Kind)} was asked for as a {wanted}{Where(value)}.");

    public static KeyNotFoundException NoField(AlertValue value, string field) => new(value.Node switch
    {
        RecordNode record => $"There is no field '{field}' in {record.Name}{Where(value)}; it has {string.Join(", ", record.Names)}.",
        BlocksNode { IsMap: true } => $"There is no '{field}' in a map{Where(value)}.",
        _ => $"{Article(value.Kind)} was asked for its field '{field}'{Where(value)}.",
    });

    public static OverflowException TooLarge(AlertValue value, string limit) => new($"{Article(value.Kind)} does not fit into {limit}{Where(value)}.");

    public static ArgumentOutOfRangeException NoItem(AlertValue value, int item, int items) =>
        new(nameof(item), item, $"The list has {items} items{Where(value)}.");

    private static string Article(AlertValueKind kind) => kind switch
    {
        AlertValueKind.Null => "A null",
        AlertValueKind.Whole => "A whole number",
        AlertValueKind.Real => "A real number",
        AlertValueKind.Exact => "A decimal number",
        AlertValueKind.Boolean => "A truth value",
        AlertValueKind.Bytes => "A value of bytes",
        _ => $"A {kind.ToString().ToLowerInvariant()}",
    };

    private static string Where(AlertValue value) => value.Alert is { } alert ? $" in {alert}" : "";
}
