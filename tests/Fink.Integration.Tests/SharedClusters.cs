using Fink.TestSupport.Clusters;

[assembly: AssemblyFixture(typeof(TestClusters))]

// Most of these tests wait most of the time: for a broker that starts, a session that ends, a process of another's.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
