using Fink.TestSupport.Clusters;

[assembly: AssemblyFixture(typeof(TestClusters))]
