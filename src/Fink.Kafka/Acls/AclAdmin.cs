using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;

namespace Fink.Kafka.Acls;

/// <summary>The cluster's ACLs. Changes return once the cluster lists them so.</summary>
public sealed class AclAdmin
{
    private readonly AdminSession _session;

    internal AclAdmin(AdminSession session) => _session = session;

    /// <summary>By resource, principal, operation.</summary>
    public async Task<IReadOnlyList<Acl>> ListAsync(AclFilter filter, CancellationToken cancellationToken)
    {
        var answer = await _session.RunAsync(
            "list ACLs",
            (client, timeout) => client.DescribeAclsAsync(
                NativeAcls.ToFilter(filter), new DescribeAclsOptions { RequestTimeout = timeout }),
            cancellationToken).ConfigureAwait(false);
        if (answer.AclBindings.Count == 0)
        {
            await ClusterRights.RequireDescribeAsync(_session, "list ACLs", cancellationToken).ConfigureAwait(false);
        }

        return
        [
            .. answer.AclBindings.Select(NativeAcls.FromBinding)
                .OrderBy(a => a.Resource.Type)
                .ThenBy(a => a.Resource.Name, StringComparer.Ordinal)
                .ThenBy(a => a.Resource.Pattern)
                .ThenBy(a => a.Principal, StringComparer.Ordinal)
                .ThenBy(a => a.Host, StringComparer.Ordinal)
                .ThenBy(a => a.Operation),
        ];
    }

    /// <returns>Those that were not there before.</returns>
    public async Task<IReadOnlyList<Acl>> AddAsync(IReadOnlyList<Acl> acls, CancellationToken cancellationToken)
    {
        var before = await ListAsync(AclFilter.Everything, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Acl> missing = [.. acls.Distinct().Except(before)];
        if (missing.Count == 0)
        {
            return [];
        }

        var attempt = missing.Count == 1 ? $"add the ACL ({missing[0]})" : $"add {missing.Count} ACLs";
        await _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    await client.CreateAclsAsync(
                        missing.Select(NativeAcls.ToBinding), new CreateAclsOptions { RequestTimeout = timeout })
                        .ConfigureAwait(false);
                }
                catch (CreateAclsException e)
                {
                    _session.ThrowIfAny(attempt, Failures(missing, e.Results.Select(r => r.Error)), missing.Count);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        await UntilListedAsync(attempt, listed => missing.All(listed.Contains), cancellationToken)
            .ConfigureAwait(false);
        return missing;
    }

    /// <summary>Removes exactly these; one that is not there is no error.</summary>
    /// <returns>Those that were there and are gone.</returns>
    public async Task<IReadOnlyList<Acl>> RemoveAsync(IReadOnlyList<Acl> acls, CancellationToken cancellationToken)
    {
        IReadOnlyList<Acl> asked = [.. acls.Distinct()];
        if (asked.Count == 0)
        {
            return [];
        }

        var attempt = asked.Count == 1 ? $"remove the ACL ({asked[0]})" : $"remove {asked.Count} ACLs";
        var removed = await _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    var answers = await client.DeleteAclsAsync(
                        asked.Select(NativeAcls.ToFilter), new DeleteAclsOptions { RequestTimeout = timeout })
                        .ConfigureAwait(false);
                    return answers.SelectMany(a => a.AclBindings).Select(NativeAcls.FromBinding).Distinct().ToList();
                }
                catch (DeleteAclsException e)
                {
                    _session.ThrowIfAny(attempt, Failures(asked, e.Results.Select(r => r.Error)), asked.Count);
                    return [];
                }
            },
            cancellationToken).ConfigureAwait(false);
        await UntilListedAsync(attempt, listed => !asked.Any(listed.Contains), cancellationToken)
            .ConfigureAwait(false);
        return removed;
    }

    /// <summary>
    /// Asks <see cref="AclCheck"/> over the cluster's ACLs, again and again until it allows or <paramref name="wait"/>
    /// is over, as ACLs take a moment to spread.
    /// </summary>
    public async Task<AclVerdict> CheckAsync(
        AclQuestion question, AuthorizerSettings settings, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = _session.TimeProvider.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = AdminSession.Longer(pause))
        {
            var acls = await ListAsync(AclFilter.Everything, cancellationToken).ConfigureAwait(false);
            var verdict = AclCheck.Evaluate(acls, question, settings);
            var left = wait - _session.TimeProvider.GetElapsedTime(start);
            if (verdict.Allowed || left <= TimeSpan.Zero)
            {
                return verdict;
            }

            await Task.Delay(pause < left ? pause : left, _session.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Task UntilListedAsync(
        string change, Func<HashSet<Acl>, bool> isDone, CancellationToken cancellationToken) =>
        _session.UntilVisibleAsync(
            change,
            async () => isDone([.. await ListAsync(AclFilter.Everything, cancellationToken).ConfigureAwait(false)]),
            cancellationToken);

    private static List<(string Item, Error Error)> Failures(IReadOnlyList<Acl> acls, IEnumerable<Error> errors) =>
        [.. acls.Zip(errors).Where(p => p.Second.IsError).Select(p => (p.First.ToString(), p.Second))];
}
