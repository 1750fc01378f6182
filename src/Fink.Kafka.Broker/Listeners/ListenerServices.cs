using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Sasl;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>What all connections share.</summary>
internal sealed record ListenerServices(
    BrokerSettings Settings,
    Router Router,
    SaslMechanisms Mechanisms,
    ConnectionTable Connections,
    MemoryBudget Budget,
    ClientLog ClientLog,
    TimeProvider Time,
    ILogger Logger);
