using System.Runtime.CompilerServices;
using Fink.Kafka;
using Fink.TestSupport.Clusters;

[assembly: AssemblyFixture(typeof(TestClusters))]

// Most of these tests wait most of the time: for a broker that starts, a session that ends, a process of another's.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace Fink.Integration.Tests;

/// <summary>A test may make a client of Confluent.Kafka's before one of ours is: also then librdkafka is the package's, not the system's.</summary>
internal static class FirstClient
{
    [ModuleInitializer]
    internal static void ChooseLibrdkafka() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaConnection).Module.ModuleHandle);
}
