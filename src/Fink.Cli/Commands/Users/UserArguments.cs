using System.CommandLine;
using Fink.Cli.Options;
using Fink.Kafka;

namespace Fink.Cli.Commands.Users;

/// <summary>The arguments that commands on users share.</summary>
internal static class UserArguments
{
    public static Argument<string> One() => new Argument<string>("user") { Description = "Name of the user", HelpName = "USER" }.NotEmpty();

    public static Option<string> Mechanism()
    {
        var option = new Option<string>("--mechanism")
        {
            Description = "SCRAM-SHA-512 or SCRAM-SHA-256",
            HelpName = "MECHANISM",
            DefaultValueFactory = _ => ScramMechanism.Sha512.ToKafkaName(),
        };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetValues<ScramMechanism>().Select(mechanism => mechanism.ToKafkaName())]);
        return option;
    }

    public static ScramMechanism MechanismOf(string name) =>
        Enum.GetValues<ScramMechanism>().Single(mechanism => mechanism.ToKafkaName().Equals(name, StringComparison.OrdinalIgnoreCase));
}
