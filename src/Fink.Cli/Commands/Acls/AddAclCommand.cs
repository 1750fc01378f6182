namespace Fink.Cli.Commands.Acls;

internal static class AddAclCommand
{
    public static Verb Create()
    {
        var options = new AclOptions();
        var verb = new Verb(
            "add",
            "Give a user rights, or deny them",
            run => RunAsync(run, options),
            "acl add --user bob --consumer --group bob_group --topic fink_rrlyr_ztf",
            "acl add --user alice --producer --topic fink_ --prefixed --host 10.0.0.5",
            "acl add --user eve --deny Read --topic fink_secret")
        ;
        options.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, AclOptions options)
    {
        var acls = options.Read(run);
        using var admin = run.OpenAdmin();
        var added = await admin.Acls.AddAsync(acls, run.Cancellation);
        run.Renderer.Write(AclRows.Of(added, "nothing to add: all of it was there", "added"));
        return ExitCode.Done;
    }
}
