using BenchmarkDotNet.Running;
using Fink.Benchmarks.Commands;

// "produce …" is the bare producer that whole commands are compared with; all else goes to BenchmarkDotNet.
if (args is ["produce", ..])
{
    return await BareProducer.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(BareProducer).Assembly).Run(args);
return 0;
