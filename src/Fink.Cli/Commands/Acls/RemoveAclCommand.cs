namespace Fink.Cli.Commands.Acls;

internal static class RemoveAclCommand
{
    public static Verb Create()
    {
        var options = new AclOptions();
        var verb = new Verb(
            "remove",
            "Take exactly these rights or denials away",
            run => RunAsync(run, options),
            "acl remove --user bob --consumer --group bob_group --topic fink_rrlyr_ztf",
            "acl remove --user eve --deny Read --topic fink_secret --yes");
        options.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, AclOptions options)
    {
        var acls = options.Read(run);
        run.Confirm(acls.Count == 1 ? $"remove \"{acls[0]}\"" : $"remove {acls.Count} ACLs, the first \"{acls[0]}\"");
        using var admin = run.OpenAdmin();
        var removed = await admin.Acls.RemoveAsync(acls, run.Cancellation);
        run.Renderer.Write(AclRows.Of(removed, "nothing to remove: none of it was there", "removed"));
        return ExitCode.Done;
    }
}
