namespace Fink.Kafka;

/// <summary>A password or key. It shows itself only to <see cref="Reveal"/>.</summary>
public sealed class Secret(string value)
{
    private readonly string _value = value;

    public bool IsEmpty => _value.Length == 0;

    public string Reveal() => _value;

    public override string ToString() => "***";
}
