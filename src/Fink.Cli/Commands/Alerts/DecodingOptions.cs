using System.CommandLine;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>How messages are read that do not say it themselves.</summary>
internal sealed class DecodingOptions
{
    private readonly Option<string?> _schema = new("--schema") { Description = "Avro schema for messages without one in their key; a folder has one for each version [default: the conf file's DISTRIBUTION_SCHEMA]", HelpName = "FILE" };
    private readonly Option<string?> _wire = new("--wire") { Description = "bare, confluent or ocf: what stands around each alert [default: what its header wire says, else bare]", HelpName = "FORM" };

    public DecodingOptions() => _wire.AcceptOnlyFromAmong([.. Enum.GetNames<WireForm>().Select(name => name.ToLowerInvariant())]);

    public void AddTo(Command command)
    {
        command.Options.Add(_schema);
        command.Options.Add(_wire);
    }

    public WireForm? Wire(Invocation run) => run.Get(_wire) is { } form ? Enum.Parse<WireForm>(form, ignoreCase: true) : null;

    /// <exception cref="AlertReadException">A schema that cannot be read, or is none.</exception>
    public AlertSchemas Schemas(Invocation run)
    {
        var named = run.Get(_schema);
        var path = named ?? run.Settings.SchemaFile.Value;
        if (path is null || (named is null && !File.Exists(run.Settings.FullPath(path))))
        {
            return AlertSchemas.None;
        }

        return AlertSchemas.Load(run.Settings.FullPath(path));
    }
}
