using Fink.Cli.Output;
using Fink.Kafka.Acls;

namespace Fink.Cli.Commands.Acls;

/// <summary>ACLs as rows, in Kafka's words.</summary>
internal static class AclRows
{
    public static Result Of(IReadOnlyCollection<Acl> acls, string whenEmpty, string? state = null)
    {
        List<Column<Acl>> columns =
        [
            new("Principal", "principal", acl => acl.Principal),
            new("Permission", "permissionType", acl => acl.Permission.ToString()),
            new("Operation", "operation", acl => acl.Operation.ToString()),
            new("Resource type", "resourceType", acl => acl.Resource.Type.ToString()),
            new("Resource name", "resourceName", acl => acl.Resource.Name),
            new("Pattern", "patternType", acl => acl.Resource.Pattern.ToString()),
            new("Host", "host", acl => acl.Host),
        ];
        if (state is not null)
        {
            columns.Add(new("Result", "result", _ => state));
        }

        var result = ListResult.Of(acls, whenEmpty, columns);
        return result with { Tables = [result.Tables[0] with { Narrow = Narrow(acls, state) }] };
    }

    /// <summary>What belongs together in one cell, so that a row has room in 80 columns.</summary>
    private static Table Narrow(IReadOnlyCollection<Acl> acls, string? state)
    {
        List<Heading> headings = ["Principal", "Right", "Resource", "Host"];
        if (state is not null)
        {
            headings.Add("Result");
        }

        return new Table(headings, [.. acls.Select(acl => (IReadOnlyList<string>)[
            acl.Principal, $"{acl.Permission} {acl.Operation}", $"{acl.Resource.Type} {acl.Resource.Name} {acl.Resource.Pattern}", acl.Host,
            .. state is null ? Array.Empty<string>() : [state]])]);
    }
}
