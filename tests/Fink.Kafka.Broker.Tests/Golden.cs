using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests;

/// <summary>What Apache Kafka's own classes answered: tests/golden-security.</summary>
internal static class Golden
{
    public static string File(string name) => Path.Combine(Checkout.Root, "tests", "golden-security", name);
}
