namespace Fink.Cli.Legacy;

/// <summary>The usage texts of the two services that have letters of their own.</summary>
internal static class LegacyUsage
{
    public const string Authentication =
        """
        Manages users (SCRAM-SHA-512).
        Usage: fink-kafka [-c FILE] --authentication [-a] [-d] [-u user] [-p password] [-h]
          -a  add the user, or give it a new password (default)
          -d  delete the user
          -u  the user
          -p  the password; others can see it in the list of processes, so use: fink-kafka user add USER
          -h  this help
        """;

    public const string Authorization =
        """
        Manages ACLs.
        Usage: fink-kafka [-c FILE] --authorization (-a | -d) -u user -H host -t topic [-p] [-c group] [-h]
          -a  add the rights
          -d  remove the rights
          -u  the user
          -H  the IP address that the user connects from, or *
          -t  the topic
          -p  the rights of a producer: Write, Describe and Create on the topic
          -c  the rights of a consumer: Read and Describe on the topic, Read on this group
          -h  this help
        """;
}
