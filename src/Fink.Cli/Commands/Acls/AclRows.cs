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

        return ListResult.Of(acls, whenEmpty, columns);
    }
}
