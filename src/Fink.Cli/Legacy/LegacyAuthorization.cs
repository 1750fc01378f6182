using Fink.Cli.Commands.Acls;
using Fink.Cli.Errors;
using Fink.Kafka.Acls;

namespace Fink.Cli.Legacy;

/// <summary><c>--authorization</c>: gives and takes the rights of a producer or a consumer.</summary>
internal static class LegacyAuthorization
{
    public static async Task<int> RunAsync(Invocation run, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            await run.Terminal.Error.WriteLineAsync(LegacyUsage.Authorization);
            return LegacyExitCode.TooFewArguments;
        }

        bool? isAdding = null;
        var isProducer = false;
        string? user = null, host = null, topic = null, group = null;
        foreach (var option in GetOpts.Read("adu:H:c:pt:h", words))
        {
            switch (option)
            {
                case { Fault: LetterFault.Unknown }:
                    throw new CommandFailedException($"unknown option: -{option.Letter}", LegacyExitCode.UnknownLetter);
                case { Fault: LetterFault.MissingValue }:
                    throw new CommandFailedException($"option -{option.Letter} requires an argument", LegacyExitCode.MissingValue);
                case { Letter: 'h' }:
                    await run.Terminal.Out.WriteLineAsync(LegacyUsage.Authorization);
                    return ExitCode.Done;
                case { Letter: 'a' or 'd' }:
                    isAdding = option.Letter == 'a';
                    break;
                case { Letter: 'p' }:
                    isProducer = true;
                    break;
                case { Letter: 'u' }:
                    user = option.Value;
                    break;
                case { Letter: 'H' }:
                    host = option.Value;
                    break;
                case { Letter: 't' }:
                    topic = option.Value;
                    break;
                default:
                    group = option.Value;
                    break;
            }
        }

        return await RunAsync(run, isAdding, Acls(run, isAdding, isProducer, user, host, topic, group));
    }

    private static List<Acl> Acls(Invocation run, bool? isAdding, bool isProducer, string? user, string? host, string? topic, string? group)
    {
        if (string.IsNullOrEmpty(user) || string.IsNullOrEmpty(host) || string.IsNullOrEmpty(topic) || (group is null && !isProducer))
        {
            run.Terminal.Error.WriteLine(LegacyUsage.Authorization);
            throw new CommandFailedException("-u, -H and -t are needed, and -p or -c", LegacyExitCode.BadCombination);
        }

        if (isAdding is null)
        {
            throw new CommandFailedException("say -a to add the rights or -d to remove them; nothing was done", LegacyExitCode.BadCombination);
        }

        if (group is { Length: 0 })
        {
            throw new CommandFailedException("the consumer group (-c) is empty", LegacyExitCode.NoGroup);
        }

        AclOptions.NoteHostName(run, host);
        var resource = AclResource.Topic(topic);
        return
        [
            .. isProducer ? AclSets.Producer(user, resource, host) : [],
            .. group is null ? [] : AclSets.Consumer(user, resource, AclResource.Group(group), host),
        ];
    }

    private static async Task<int> RunAsync(Invocation run, bool? isAdding, List<Acl> acls)
    {
        List<Acl> distinct = [.. acls.Distinct()];
        using var admin = run.OpenAdmin();
        var changed = isAdding == true
            ? await admin.Acls.AddAsync(distinct, run.Cancellation)
            : await admin.Acls.RemoveAsync(distinct, run.Cancellation);
        var others = changed.Count == distinct.Count ? "" : isAdding == true ? "; the others were there" : "; the others were not there";
        run.Note($"{changed.Count} of {distinct.Count} ACLs {(isAdding == true ? "added" : "removed")}{others}");
        if (isAdding == true)
        {
            KafkaText.WriteAcls(run.Terminal.Out, distinct);
        }

        return ExitCode.Done;
    }
}
