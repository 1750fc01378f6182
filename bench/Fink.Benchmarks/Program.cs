using BenchmarkDotNet.Running;
using Fink.Benchmarks.Commands;

// "produce …" is the bare producer that whole commands are compared with, "broker …" a load on a broker, "consume …" a
// subscriber; all else goes to BenchmarkDotNet.
switch (args)
{
    case ["produce", ..]:
        return await BareProducer.RunAsync(args[1..]);
    case ["broker", ..]:
        return await BrokerLoad.RunAsync(args[1..]);
    case ["consume", ..]:
        return await ConsumeLoad.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(BareProducer).Assembly).Run(args);
return 0;
