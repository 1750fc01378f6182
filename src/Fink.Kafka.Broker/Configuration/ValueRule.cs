using System.Globalization;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>Which values of its type a configuration may have. Values come trimmed and of the type.</summary>
internal abstract record ValueRule
{
    private ValueRule()
    {
    }

    public static ValueRule Any { get; } = new Anything();

    /// <summary>What is wrong with a value, in Kafka's words; null where nothing is.</summary>
    public abstract string? Complaint(string value);

    public static ValueRule AtLeast(double least) => new Range(least, null);

    public static ValueRule Between(double least, double most) => new Range(least, most);

    public static ValueRule OneOf(params string[] values) => new Choice(values);

    public static ValueRule SomeOf(params string[] values) => new Choices(values);

    private sealed record Anything : ValueRule
    {
        public override string? Complaint(string value) => null;
    }

    private sealed record Range(double Least, double? Most) : ValueRule
    {
        public override string? Complaint(string value)
        {
            var number = double.Parse(value, CultureInfo.InvariantCulture);
            if (number < Least) return $"Value must be at least {Text(Least)}";
            return number > Most ? $"Value must be no more than {Text(Most.Value)}" : null;
        }

        private static string Text(double bound) => bound.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Choice(string[] Values) : ValueRule
    {
        public override string? Complaint(string value) =>
            Values.Contains(value) ? null : $"String must be one of: {string.Join(", ", Values)}";
    }

    private sealed record Choices(string[] Values) : ValueRule
    {
        public override string? Complaint(string value) =>
            ConfigDefinition.Items(value).All(Values.Contains) ? null : $"String must be one of: {string.Join(", ", Values)}";
    }
}
